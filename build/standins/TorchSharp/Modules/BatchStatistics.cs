using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the batch normalisations of all dimensions share.</summary>
internal static class BatchStatistics
{
    internal static void Register(nn.Module module, long features, bool affine, bool track, ScalarType? dtype)
    {
        if (affine)
        {
            module.Keep("weight", ones([features], dtype));
            module.Keep("bias", zeros([features], dtype));
        }

        if (!track)
            return;
        module.KeepBuffer("running_mean", zeros([features], dtype));
        module.KeepBuffer("running_var", ones([features], dtype));
        module.KeepBuffer("num_batches_tracked", tensor(0L));
    }

    internal static void Reset(nn.Module module)
    {
        module.get_buffer("running_mean")?.zero_();
        module.get_buffer("running_var")?.fill_(1);
        module.get_buffer("num_batches_tracked")?.zero_();
    }

    internal static Tensor Normalise(nn.Module module, Tensor input, double eps, double momentum)
    {
        var mean = module.get_buffer("running_mean");
        if (module.training)
            module.get_buffer("num_batches_tracked")?.add_(1);
        return Ops.batch_norm.Call(
            input,
            module.get_parameter("weight"),
            module.get_parameter("bias"),
            mean,
            module.get_buffer("running_var"),
            module.training || mean is null,
            momentum,
            eps,
            true);
    }
}
