// What the TorchSharp stand-in needs of libtorch: a boxed call of any operator, tensors from and to
// managed memory, autograd, generators and threads. No exception leaves this file: a function that
// can fail returns null, -1 or false, and ts_error() has the text.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <c10/core/InferenceMode.h>
#include <dlfcn.h>
#include <malloc.h>
#include <omp.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace {

using at::Tensor;
using c10::IValue;
using c10::TensorImpl;
using TensorPtr = c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>;

enum Kind : int32_t { None, TensorKind, Int, Double, Bool, String, Ints, Doubles, Tensors, GeneratorKind, Error };

// One argument or result; the same layout as in Value.cs.
struct Value {
  int32_t kind;
  int32_t count;
  union {
    int64_t integer;
    double number;
    const void* pointer;
  };
};

// What the schema wants of an argument, where a value must be adapted to it.
enum class Want : uint8_t { AsGiven, Float, Boolean, Tensor, IntList, FloatList, BoolList, TensorList, OptionalTensorList, Device, Layout };

struct Argument {
  Want want;
  bool optional;
  bool hasDefault;
  IValue defaultValue;
};

// OpenBLAS and libtorch share the threads of OpenMP.
class OpenMp {
 public:
  // OpenMP keeps its number by thread, so each thread takes it up before it works.
  static void takeUp() {
    // libtorch sets it once on each thread, when asked; its own setter would start a pool of threads anew.
    if (current == 0)
      at::get_num_threads();
    if (current != wanted)
      omp_set_num_threads(current = wanted);
  }

  static inline std::atomic<int32_t> wanted{1};

 private:
  static inline thread_local int32_t current = 0;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Argument> arguments;
};

thread_local std::string lastError;
thread_local std::vector<Value> results;

void setError(const char* text) noexcept {
  try {
    lastError = text;
  } catch (...) {
  }
}

// Runs body; on an exception keeps its text and returns failed.
template <typename Result, typename Body>
Result guarded(Result failed, Body body) noexcept {
  try {
    return body();
  } catch (const c10::Error& e) {
    setError(e.what_without_backtrace());
  } catch (const std::exception& e) {
    setError(e.what());
  } catch (...) {
    setError("unknown native error");
  }
  return failed;
}

// Tensors cross the boundary as a TensorImpl that the holder owns one reference of.
Tensor borrow(const void* impl) {
  if (impl == nullptr)
    return Tensor();
  return Tensor(TensorPtr::reclaim_copy(static_cast<TensorImpl*>(const_cast<void*>(impl))));
}

const void* release(Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

std::vector<Tensor> borrowAll(void* const* impls, int32_t count) {
  std::vector<Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++)
    tensors.push_back(borrow(impls[i]));
  return tensors;
}

Want wantOf(c10::TypePtr type) {
  switch (type->kind()) {
    case c10::TypeKind::FloatType: return Want::Float;
    case c10::TypeKind::BoolType: return Want::Boolean;
    case c10::TypeKind::TensorType: return Want::Tensor;
    case c10::TypeKind::DeviceObjType: return Want::Device;
    case c10::TypeKind::LayoutType: return Want::Layout;
    case c10::TypeKind::ListType: break;
    default: return Want::AsGiven;
  }
  const auto element = type->castRaw<c10::ListType>()->getElementType();
  switch (element->kind()) {
    case c10::TypeKind::TensorType: return Want::TensorList;
    case c10::TypeKind::OptionalType: return Want::OptionalTensorList;
    case c10::TypeKind::FloatType: return Want::FloatList;
    case c10::TypeKind::BoolType: return Want::BoolList;
    default: return Want::IntList;
  }
}

Operator* describe(const c10::OperatorHandle& handle) {
  auto op = std::make_unique<Operator>(Operator{handle, {}});
  for (const auto& argument : handle.schema().arguments()) {
    auto type = argument.type();
    const bool optional = type->kind() == c10::TypeKind::OptionalType;
    if (optional)
      type = type->castRaw<c10::OptionalType>()->getElementType();
    const auto& value = argument.default_value();
    op->arguments.push_back({wantOf(type), optional, value.has_value(), value.value_or(IValue())});
  }
  return op.release();
}

template <typename To, typename From>
IValue listOf(const Value& value) {
  c10::List<To> list;
  list.reserve(value.count);
  const auto* items = static_cast<const From*>(value.pointer);
  for (int32_t i = 0; i < value.count; i++)
    list.push_back(static_cast<To>(items[i]));
  return list;
}

template <typename Element>
IValue tensorList(const Value& value) {
  c10::List<Element> list;
  list.reserve(value.count);
  const auto* items = static_cast<void* const*>(value.pointer);
  for (int32_t i = 0; i < value.count; i++) {
    if (std::is_same<Element, Tensor>::value || items[i] != nullptr)
      list.push_back(borrow(items[i]));
    else
      list.push_back(Element());
  }
  return list;
}

IValue toIValue(const Value& value, const Argument& argument) {
  const auto want = argument.want;
  switch (value.kind) {
    case None:
      return want == Want::Tensor && !argument.optional ? IValue(Tensor()) : IValue();
    case TensorKind:
      return borrow(value.pointer);
    case Int:
      if (want == Want::Float)
        return static_cast<double>(value.integer);
      if (want == Want::Boolean)
        return value.integer != 0;
      if (want == Want::IntList)
        return c10::List<int64_t>({value.integer});
      if (want == Want::FloatList)
        return c10::List<double>({static_cast<double>(value.integer)});
      return value.integer;
    case Double:
      if (want == Want::FloatList)
        return c10::List<double>({value.number});
      return value.number;
    case Bool:
      return value.integer != 0;
    case String: {
      std::string text(static_cast<const char*>(value.pointer), value.count);
      return want == Want::Device ? IValue(c10::Device(text)) : IValue(std::move(text));
    }
    case Ints:
      if (want == Want::FloatList)
        return listOf<double, int64_t>(value);
      if (want == Want::BoolList)
        return listOf<bool, int64_t>(value);
      return listOf<int64_t, int64_t>(value);
    case Doubles:
      return listOf<double, double>(value);
    case Tensors:
      return want == Want::OptionalTensorList ? tensorList<c10::optional<Tensor>>(value) : tensorList<Tensor>(value);
    case GeneratorKind:
      return *static_cast<const at::Generator*>(value.pointer);
    default:
      TORCH_CHECK(false, "a value of unknown kind ", value.kind);
  }
}

void pushResult(const IValue& result) {
  Value value{None, 0, {0}};
  if (result.isTensor()) {
    value.kind = TensorKind;
    value.pointer = release(result.toTensor());
  } else if (result.isInt()) {
    value.kind = Int;
    value.integer = result.toInt();
  } else if (result.isDouble()) {
    value.kind = Double;
    value.number = result.toDouble();
  } else if (result.isBool()) {
    value.kind = Bool;
    value.integer = result.toBool();
  } else if (result.isTensorList()) {
    for (const Tensor& tensor : result.toTensorVector())
      pushResult(tensor);
    return;
  } else {
    TORCH_CHECK(result.isNone(), "a result of type ", result.tagKind(), " cannot be returned");
  }
  results.push_back(value);
}

const Value* returnTensors(std::vector<Tensor> tensors, int32_t* count) {
  results.clear();
  for (auto& tensor : tensors)
    pushResult(std::move(tensor));
  *count = static_cast<int32_t>(results.size());
  return results.data();
}

#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

struct AdamStep {
  double size, beta1, beta2, rootCorrection, epsilon;
};

// One pass over memory, where operator by operator it is a dozen: the step is bound by memory alone.
FOR_EACH_PROCESSOR void adam(float* parameter, const float* gradient, float* first, float* second, int64_t count, const AdamStep& step) {
  const auto beta1 = static_cast<float>(step.beta1), beta2 = static_cast<float>(step.beta2);
  const auto rest1 = static_cast<float>(1 - step.beta1), rest2 = static_cast<float>(1 - step.beta2);
  const auto correction = static_cast<float>(1 / step.rootCorrection), epsilon = static_cast<float>(step.epsilon);
  const auto size = static_cast<float>(step.size);
  for (int64_t i = 0; i < count; i++) {
    const float g = gradient[i];
    const float m = beta1 * first[i] + rest1 * g;
    const float v = beta2 * second[i] + rest2 * g * g;
    first[i] = m;
    second[i] = v;
    parameter[i] -= size * m / (__builtin_sqrtf(v) * correction + epsilon);
  }
}

template <typename Function>
Function blas(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

}  // namespace

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT const char* ts_error() { return lastError.c_str(); }

EXPORT Operator* ts_find(const char* name, const char* overload) {
  return guarded<Operator*>(nullptr, [&]() -> Operator* {
    const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "libtorch has no operator '", name, "' with overload '", overload, "'");
    return describe(*handle);
  });
}

// The results lie in memory of the calling thread until its next call; without count they are dropped.
EXPORT const Value* ts_call(const Operator* op, const Value* values, int32_t given, int32_t* count) {
  static const Value nothing{};
  return guarded<const Value*>(nullptr, [&]() -> const Value* {
    const auto& arguments = op->arguments;
    TORCH_CHECK(given <= static_cast<int32_t>(arguments.size()), op->handle.operator_name(), " takes ", arguments.size(), " arguments but got ", given);
    torch::jit::Stack stack;
    stack.reserve(arguments.size());
    for (int32_t i = 0; i < given; i++)
      stack.push_back(toIValue(values[i], arguments[i]));
    for (size_t i = given; i < arguments.size(); i++) {
      TORCH_CHECK(arguments[i].hasDefault || arguments[i].optional, op->handle.operator_name(), " lacks argument ", i);
      stack.push_back(arguments[i].defaultValue);
    }
    OpenMp::takeUp();
    op->handle.callBoxed(stack);
    results.clear();
    if (count == nullptr)
      return &nothing;
    for (const auto& result : stack)
      pushResult(result);
    *count = static_cast<int32_t>(results.size());
    return results.empty() ? &nothing : results.data();
  });
}

EXPORT void ts_free(TensorImpl* impl) { c10::raw::intrusive_ptr::decref(impl); }

EXPORT const void* ts_from_memory(const void* data, int64_t bytes, int32_t dtype, const int64_t* sizes, int32_t dimensions) {
  return guarded<const void*>(nullptr, [&] {
    auto tensor = at::empty(at::IntArrayRef(sizes, dimensions), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "a tensor of ", tensor.nbytes(), " bytes cannot be filled with ", bytes);
    if (bytes > 0)
      std::memcpy(tensor.data_ptr(), data, bytes);
    return release(std::move(tensor));
  });
}

EXPORT void* ts_data(TensorImpl* impl) {
  return guarded<void*>(nullptr, [&] { return impl->data(); });
}
EXPORT int32_t ts_dimensions(TensorImpl* impl) { return static_cast<int32_t>(impl->dim()); }
EXPORT int64_t ts_numel(TensorImpl* impl) { return impl->numel(); }
EXPORT int32_t ts_dtype(TensorImpl* impl) { return static_cast<int32_t>(c10::typeMetaToScalarType(impl->dtype())); }
EXPORT int64_t ts_storage_offset(TensorImpl* impl) { return impl->storage_offset(); }
EXPORT int32_t ts_device_type(TensorImpl* impl) { return static_cast<int32_t>(impl->device_type()); }
EXPORT bool ts_is_contiguous(TensorImpl* impl) { return impl->is_contiguous(); }
EXPORT bool ts_is_sparse(TensorImpl* impl) { return impl->is_sparse(); }
EXPORT void ts_sizes(TensorImpl* impl, int64_t* sizes) {
  for (int64_t size : impl->sizes())
    *sizes++ = size;
}
EXPORT void ts_strides(TensorImpl* impl, int64_t* strides) {
  for (int64_t stride : impl->strides())
    *strides++ = stride;
}

EXPORT bool ts_requires_grad(const void* impl) {
  return guarded(false, [&] { return borrow(impl).requires_grad(); });
}
EXPORT bool ts_set_requires_grad(const void* impl, bool value) {
  return guarded(false, [&] { borrow(impl).set_requires_grad(value); return true; });
}
EXPORT bool ts_is_leaf(const void* impl) {
  return guarded(false, [&] { return borrow(impl).is_leaf(); });
}
EXPORT bool ts_retain_grad(const void* impl) {
  return guarded(false, [&] { borrow(impl).retain_grad(); return true; });
}
EXPORT const void* ts_grad(const void* impl) {
  return guarded<const void*>(nullptr, [&] { return release(borrow(impl).grad()); });
}
EXPORT bool ts_set_grad(const void* impl, const void* grad) {
  return guarded(false, [&] { borrow(impl).mutable_grad() = borrow(grad); return true; });
}

EXPORT bool ts_backward(void* const* tensors, int32_t count, void* const* grads, int32_t gradCount,
                        bool retainGraph, bool createGraph, void* const* inputs, int32_t inputCount) {
  return guarded(false, [&] {
    OpenMp::takeUp();
    torch::autograd::backward(borrowAll(tensors, count), borrowAll(grads, gradCount), retainGraph, createGraph, borrowAll(inputs, inputCount));
    return true;
  });
}

EXPORT const Value* ts_gradients(void* const* outputs, int32_t count, void* const* inputs, int32_t inputCount,
                                 void* const* grads, int32_t gradCount, bool retainGraph, bool createGraph, bool allowUnused, int32_t* resultCount) {
  return guarded<const Value*>(nullptr, [&] {
    OpenMp::takeUp();
    return returnTensors(torch::autograd::grad(borrowAll(outputs, count), borrowAll(inputs, inputCount), borrowAll(grads, gradCount),
                                               retainGraph, createGraph, allowUnused), resultCount);
  });
}

// Adam's step on contiguous tensors of floats on the CPU: parameters, gradients, first and second moments, count of each.
EXPORT bool ts_adam(TensorImpl* const* tensors, int32_t count, const AdamStep* step) {
  return guarded(false, [&] {
    OpenMp::takeUp();
    for (int32_t i = 0; i < count; i++) {
      float* data[4];
      for (int32_t part = 0; part < 4; part++)
        data[part] = static_cast<float*>(tensors[part * count + i]->data());
      at::parallel_for(0, tensors[i]->numel(), 1 << 15, [&](int64_t begin, int64_t end) {
        adam(data[0] + begin, data[1] + begin, data[2] + begin, data[3] + begin, end - begin, *step);
      });
      tensors[i]->bump_version();
    }
    return true;
  });
}

EXPORT bool ts_grad_mode() { return at::GradMode::is_enabled(); }
EXPORT void ts_set_grad_mode(bool enabled) { at::GradMode::set_enabled(enabled); }
EXPORT bool ts_inference_mode() { return c10::InferenceMode::is_enabled(); }
EXPORT void* ts_inference_enter(bool enabled) { return new (std::nothrow) c10::InferenceMode(enabled); }
EXPORT void ts_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

EXPORT at::Generator* ts_generator(uint64_t seed) {
  return guarded<at::Generator*>(nullptr, [&] { return new at::Generator(at::detail::createCPUGenerator(seed)); });
}
EXPORT at::Generator* ts_generator_default() {
  return guarded<at::Generator*>(nullptr, [&] { return new at::Generator(at::detail::getDefaultCPUGenerator()); });
}
EXPORT void ts_generator_free(at::Generator* generator) { delete generator; }
EXPORT bool ts_generator_seed(at::Generator* generator, uint64_t seed) {
  return guarded(false, [&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(seed);
    return true;
  });
}
EXPORT uint64_t ts_generator_current_seed(const at::Generator* generator) { return generator->current_seed(); }
EXPORT const void* ts_generator_state(const at::Generator* generator) {
  return guarded<const void*>(nullptr, [&] { return release(generator->get_state()); });
}
EXPORT bool ts_generator_set_state(at::Generator* generator, const void* state) {
  return guarded(false, [&] { generator->set_state(borrow(state)); return true; });
}

EXPORT int32_t ts_num_threads() { return OpenMp::wanted; }
EXPORT bool ts_set_num_threads(int32_t threads) {
  return guarded(false, [&] {
    TORCH_CHECK(threads > 0, "the number of threads must be positive but is ", threads);
    OpenMp::wanted = threads;
    return true;
  });
}
// Called once, when the library is loaded. A training step frees what the next one allocates: without the settings of malloc, glibc
// gives the memory back to the system each time and takes it again page by page.
EXPORT void ts_start() {
  // An OpenBLAS with threads of its own (1) would fight with OpenMP's over the cores.
  if (auto kind = blas<int (*)()>("openblas_get_parallel"); kind != nullptr && kind() == 1)
    blas<void (*)(int)>("openblas_set_num_threads")(1);
  ts_set_num_threads(std::max(guarded(1, [] { return at::get_num_threads(); }), 1));
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  mallopt(M_TOP_PAD, 64 << 20);
}
EXPORT const char* ts_blas() {
  auto get = blas<const char* (*)()>("openblas_get_config");
  return get != nullptr ? get() : "";
}
EXPORT int32_t ts_interop_threads() {
  return guarded(1, [] { return at::get_num_interop_threads(); });
}
EXPORT bool ts_set_interop_threads(int32_t threads) {
  return guarded(false, [&] { at::set_num_interop_threads(threads); return true; });
}
