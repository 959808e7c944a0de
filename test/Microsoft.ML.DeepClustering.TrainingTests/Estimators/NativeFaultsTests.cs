using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Microsoft.ML.DeepClustering.Tests.Estimators;

/// <summary>What the versions of TorchSharp and libtorch throw, and what a user is told of it.</summary>
[TestClass]
public sealed class NativeFaultsTests
{
    private const string Allocator = "[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 140737488355328 bytes. Error code 12 (Cannot allocate memory)";

    // The type initialiser of TorchSharp's own class, when it does not find its native part.
    private const string NoBackend = "This application or script uses TorchSharp but doesn't contain a reference to libtorch-cpu-linux-x64, Version=2.2.1.1.";

    public static IEnumerable<object[]> MissingLibrary =>
    [
        [new TypeInitializationException("TorchSharp.torch", new NotSupportedException(NoBackend))],
        [new NotSupportedException(NoBackend)],
        [new TypeInitializationException("TorchSharp.torch", new InvalidOperationException("anything"))],
        [new TypeInitializationException("TorchSharp.Native.Library", null)],
        [new DllNotFoundException("Unable to load shared library 'LibTorchSharp' or one of its dependencies.\nLibTorchSharp.so: cannot open shared object file: No such file or directory")],
        [new DllNotFoundException("Unable to load DLL 'torch_cuda' or one of its dependencies: The specified module could not be found. (0x8007007E)")],
        [new FileNotFoundException("Could not find file '/app/runtimes/linux-x64/native/libtorch_cpu.so'.")],
        [new FileNotFoundException("Could not find file '/app/runtimes/linux-x64/native/libtorch.so.2'.")],
        [new FileNotFoundException("Could not find file 'C:\\app\\runtimes\\win-x64\\native\\torch_cuda.dll'.")],
        [new BadImageFormatException("An attempt was made to load a program with an incorrect format: LibTorchSharp.dll (0x8007000B)")],
        [new AggregateException(new TypeInitializationException("TorchSharp.torch", new DllNotFoundException("LibTorchSharp")))],
        [new TargetInvocationException(new DllNotFoundException("Unable to load shared library 'LibTorchSharp'"))],
    ];

    public static IEnumerable<object[]> OtherVersion =>
    [
        [new EntryPointNotFoundException("Unable to find an entry point named 'THSTensor_scatter' in shared library 'LibTorchSharp'.")],
        [new TypeInitializationException("TorchSharp.torch", new EntryPointNotFoundException("Unable to find an entry point named 'THSTorch_seed' in DLL 'LibTorchSharp'."))],
    ];

    public static IEnumerable<object[]> NoMemory =>
    [
        [new ExternalException(Allocator), " (it asked for 140737488355328 bytes)"],
        [new ExternalException("[enforce fail at alloc_cpu.cpp:114] data. DefaultCPUAllocator: not enough memory: you tried to allocate 8000000000 bytes."), " (it asked for 8000000000 bytes)"],
        [new ExternalException("CUDA out of memory. Tried to allocate 2.25 GiB (GPU 0; 7.79 GiB total capacity; 5.10 GiB already allocated)"), " (it asked for 2.25 GiB)"],
        [new ExternalException("CUDA error: out of memory"), ""],
        [new ExternalException("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), ""],
        [new ExternalException("std::bad_alloc"), ""],
        [new OutOfMemoryException("Array dimensions exceeded supported range."), ""],
        [new AggregateException(new ExternalException(Allocator)), " (it asked for 140737488355328 bytes)"],
    ];

    public static IEnumerable<object[]> Others =>
    [
        [new DllNotFoundException("Unable to load shared library 'libSkiaSharp' or one of its dependencies.")],
        [new TypeInitializationException("SkiaSharp.SKObject", new DllNotFoundException("libSkiaSharp"))],
        [new EntryPointNotFoundException("Unable to find an entry point named 'sk_x' in shared library 'libSkiaSharp'.")],
        [new FileNotFoundException("Could not find file '/data/torches.csv'.")],
        [new FileNotFoundException("Could not find file '/data/libtorch/images.csv'.")],
        [new FileNotFoundException("Could not find file 'C:\\libtorch.so\\rows.bin'.", "C:\\libtorch.so\\rows.bin")],
        [new FileNotFoundException("Could not find file '/data/libtorch_cpu.soft.csv'.")],
        [new FileLoadException("Could not load file '/home/torch_cpu/model.dll'.")],
        [new BadImageFormatException("The file '/opt/libtorch/plugin.dll' is no assembly.")],
        [new NotSupportedException("A schema with a column of type X cannot be saved.")],
        [new ExternalException("The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1")],
        [new InvalidOperationException("The training lacks memory of its rows: out of memory")],
        [new InsufficientMemoryException("It was told already.")],
        [new OperationCanceledException()],
    ];

    [TestMethod]
    [DynamicData(nameof(MissingLibrary))]
    public void Translate_MissingLibrary_NamesThePackages(Exception fault) => Says(fault, "could not be loaded");

    [TestMethod]
    [DynamicData(nameof(OtherVersion))]
    public void Translate_LibraryOfAnotherVersion_NamesThePackages(Exception fault) => Says(fault, "is of another version than TorchSharp");

    [TestMethod]
    [DynamicData(nameof(NoMemory))]
    public void Translate_NoMemory_SaysHowMuchAndTheRemedy(Exception fault, string request)
    {
        var told = Assert.ThrowsExactly<InsufficientMemoryException>(() => Translate(fault));
        Assert.AreEqual($"The work needs more memory than there is{request}; do less.", told.Message);
        Assert.AreSame(fault, told.InnerException);
        Assert.AreSame(told, Assert.ThrowsExactly<InsufficientMemoryException>(() => Translate(told)), "it is told once");
    }

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void Translate_OtherFault_PassesAsItIs(Exception fault)
        => Assert.AreSame(fault, Assert.Throws<Exception>(() => Translate(fault)));

    [TestMethod]
    public void Translate_WhatLibtorchThrowsForAHugeTensor_IsToldAsMemory()
    {
        var told = Assert.ThrowsExactly<InsufficientMemoryException>(() => NativeFaults.Translate(
            () => torch.empty(new long[] { 1L << 45 }), "The work", () => "do less"));
        StringAssert.Contains(told.Message, "(it asked for 140737488355328 bytes)");
        Assert.IsInstanceOfType<ExternalException>(told.InnerException);
        using var after = torch.ones(new long[] { 3 });
        Assert.AreEqual(3f, after.sum().item<float>());
    }

    private static void Says(Exception fault, string what)
    {
        var told = Assert.ThrowsExactly<InvalidOperationException>(() => Translate(fault));
        var version = typeof(torch).Assembly.GetName().Version!.ToString(3);
        Assert.AreEqual(
            $"libtorch, the native library that TorchSharp computes with, {what}; add the package TorchSharp-cpu, or TorchSharp-cuda-linux or TorchSharp-cuda-windows for a GPU, in version {version} to the program.",
            told.Message);
        Assert.AreSame(fault, told.InnerException);
        Assert.AreSame(told, Assert.ThrowsExactly<InvalidOperationException>(() => Translate(told)), "it is told once");
    }

    private static int Translate(Exception fault) => NativeFaults.Translate<int>(() => throw fault, "The work", () => "do less");
}
