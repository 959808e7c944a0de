using System.Globalization;
using System.Text;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public override string ToString() => ToString(TensorStringStyle.Metadata);

        /// <summary>Metadata is shape, type and device; every other style is the values in nested brackets.</summary>
        public string ToString(
            TensorStringStyle style, string fltFormat = null, int? width = null, CultureInfo cultureInfo = null, string newLine = null)
        {
            if (style == TensorStringStyle.Metadata)
                return $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";
            var text = new StringBuilder();
            using var wide = detach().to(ScalarType.Float64).contiguous();
            Append(text, wide.data<double>().ToArray(), shape, fltFormat ?? "g5", cultureInfo ?? CultureInfo.InvariantCulture, newLine ?? "\n");
            return text.ToString();
        }

        private static void Append(
            StringBuilder text, ReadOnlySpan<double> values, ReadOnlySpan<long> shape, string format, CultureInfo culture, string newLine)
        {
            if (shape.Length == 0)
            {
                text.Append(values[0].ToString(format, culture));
                return;
            }

            var length = shape[0] == 0 ? 0 : values.Length / (int)shape[0];
            text.Append('[');
            for (var i = 0; i < shape[0]; i++)
            {
                if (i > 0)
                    text.Append(shape.Length == 1 ? ", " : newLine);
                Append(text, values.Slice(i * length, length), shape[1..], format, culture, newLine);
            }

            text.Append(']');
        }
    }
}
