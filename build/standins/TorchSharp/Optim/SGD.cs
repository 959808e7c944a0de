using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        private readonly Dictionary<Parameter, State> states = new(ReferenceEqualityComparer.Instance);

        public SGD(
            IEnumerable<Parameter> parameters,
            double lr,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : this([new ParamGroup { Parameters = parameters.ToArray() }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters,
            double lr,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
        {
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
            foreach (var group in parameters)
                add_param_group(group);
        }

        public double Momentum
        {
            get => ((Options)_defaults).momentum.Value;
            set
            {
                foreach (var group in _parameter_groups)
                    ((ParamGroup)group).Momentum = value;
            }
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var defaults = (Options)_defaults;
            var options = (Options)(param_group.Options ??= new Options());
            options.momentum ??= defaults.momentum;
            options.dampening ??= defaults.dampening;
            options.weight_decay ??= defaults.weight_decay;
            options.nesterov ??= defaults.nesterov;
            options.maximize ??= defaults.maximize;
            base.add_param_group(param_group);
        }

        public override Tensor step(Func<Tensor> closure = null) => _step<ParamGroup>(Update, closure);

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing)
                return;
            foreach (var state in states.Values)
                state.Dispose();
            states.Clear();
        }

        private void Update(ParamGroup group)
        {
            var pairs = WithGradients(group);
            if (pairs.Length == 0)
                return;
            var options = group.Options;
            var parameters = Array.ConvertAll(pairs, pair => (Tensor)pair.Parameter);
            var gradients = Array.ConvertAll(pairs, pair => pair.Gradient);
            if (options.weight_decay != 0)
                gradients = Ops._foreach_add_List.CallList(gradients, parameters, options.weight_decay);
            if (options.momentum != 0)
                gradients = WithMomentum(pairs, gradients, options);
            Ops._foreach_add__List.Run(parameters, gradients, options.maximize.Value ? group.LearningRate : -group.LearningRate);
        }

        private Tensor[] WithMomentum((Parameter Parameter, Tensor Gradient)[] pairs, Tensor[] gradients, Options options)
        {
            var moving = new Tensor[pairs.Length];
            for (var i = 0; i < pairs.Length; i++)
            {
                var state = Of(pairs[i].Parameter);
                if (state.momentum_buffer is { } buffer)
                    buffer.mul_(options.momentum.Value).add_(gradients[i], 1 - options.dampening.Value);
                else
                    state.momentum_buffer = gradients[i].clone().DetachFromDisposeScope();
                moving[i] = state.momentum_buffer;
            }

            return options.nesterov.Value ? Ops._foreach_add_List.CallList(gradients, moving, options.momentum) : moving;
        }

        private protected override OptimizerState StateOf(Modules.ParamGroup group, Parameter parameter) => Of(parameter);

        private State Of(Parameter parameter)
        {
            if (!states.TryGetValue(parameter, out var state))
                states[parameter] = state = new State();
            return state;
        }

        public sealed class State : OptimizerState, IDisposable
        {
            public Tensor momentum_buffer;

            internal State()
            {
            }

            public void Dispose() => momentum_buffer?.Dispose();
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters,
                double lr = 0.001,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                })
            {
            }

            public double Momentum
            {
                get => Options.momentum.Value;
                set => Options.momentum = value;
            }
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
                => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
                => new(parameters.Select(pair => pair.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
                => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
