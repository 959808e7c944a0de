namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                => new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);

            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                => new impl.ExponentialLR(optimizer, gamma, last_epoch, verbose);

            /// <summary>Sets the learning rates of an optimiser as its epochs pass.</summary>
            public abstract class LRScheduler
            {
                protected int _step_count;

                private readonly Optimizer optimizer;
                private readonly double[] initial;
                private double[] last;
                private protected int last_epoch;

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    this.optimizer = optimizer;
                    this.last_epoch = last_epoch;
                    if (last_epoch == -1)
                    {
                        foreach (var group in optimizer.ParamGroups)
                            group.InitialLearningRate = group.LearningRate;
                    }

                    initial = optimizer.ParamGroups.Select(group => group.InitialLearningRate).ToArray();
                    last = Current.ToArray();
                }

                private protected IEnumerable<double> Initial => initial;

                private protected IEnumerable<double> Current => optimizer.ParamGroups.Select(group => group.LearningRate);

                public IEnumerable<double> get_last_lr() => last;

                public virtual void step()
                {
                    _step_count++;
                    last_epoch++;
                    Set(get_lr());
                }

                public virtual void step(int? epoch)
                {
                    if (epoch is null)
                    {
                        step();
                        return;
                    }

                    _step_count++;
                    last_epoch = epoch.Value;
                    Set(get_closed_form_lr());
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => Current;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private void Set(IEnumerable<double> rates)
                {
                    last = rates.ToArray();
                    foreach (var (group, rate) in optimizer.ParamGroups.Zip(last))
                        group.LearningRate = rate;
                }
            }

            public static partial class impl
            {
                public class StepLR : LRScheduler
                {
                    private readonly int step_size;
                    private readonly double gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        this.step_size = step_size;
                        this.gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                        => last_epoch == 0 || last_epoch % step_size != 0 ? Current : Current.Select(rate => rate * gamma);

                    protected override IEnumerable<double> get_closed_form_lr()
                        => Initial.Select(rate => rate * Math.Pow(gamma, last_epoch / step_size));
                }

                public class ExponentialLR : LRScheduler
                {
                    private readonly double gamma;

                    public ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        this.gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => last_epoch == 0 ? Current : Current.Select(rate => rate * gamma);

                    protected override IEnumerable<double> get_closed_form_lr() => Initial.Select(rate => rate * Math.Pow(gamma, last_epoch));
                }
            }
        }
    }
}
