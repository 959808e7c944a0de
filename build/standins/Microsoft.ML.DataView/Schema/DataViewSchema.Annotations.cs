using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Values that describe a column: one row of columns of its own.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            _getters = getters;
        }

        public static Annotations Empty { get; } = new(new DataViewSchema([]), []);

        public DataViewSchema Schema { get; }

        public ValueGetter<TValue> GetGetter<TValue>(Column column)
        {
            if (column.Index < 0 || column.Index >= _getters.Length)
                throw new ArgumentException("Column index is out of the range of the annotations.", nameof(column));
            return _getters[column.Index] as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Invalid TValue: '{typeof(TValue)}', expected '{column.Type.RawType}'.");
        }

        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException($"There is no annotation of the kind '{kind}'.");
            GetGetter<TValue>(column)(ref value);
        }

        public override string ToString() => string.Join(", ", Schema.Select(column => column.Name));

        /// <summary>Collects annotations.</summary>
        public sealed class Builder
        {
            private readonly List<DetachedColumn> _columns = [];
            private readonly List<Delegate> _getters = [];

            public Builder()
            {
            }

            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                ArgumentNullException.ThrowIfNull(selector);
                if (annotations == null)
                    return;
                foreach (var column in annotations.Schema.Where(column => selector(column.Name)))
                {
                    _columns.Add(new DetachedColumn(column));
                    _getters.Add(annotations._getters[column.Index]);
                }
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(getter);
                ArgumentNullException.ThrowIfNull(type);
                if (type.RawType != typeof(TValue))
                    throw new ArgumentException($"The values of {type} are of type {type.RawType}, not {typeof(TValue)}.", nameof(type));
                _columns.Add(new DetachedColumn(name, type, annotations));
                _getters.Add(getter);
            }

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(getter);
                ArgumentNullException.ThrowIfNull(type);
                if (getter.GetType() != typeof(ValueGetter<>).MakeGenericType(type.RawType))
                    throw new ArgumentException($"A getter of {type} must yield {type.RawType}.", nameof(getter));
                _columns.Add(new DetachedColumn(name, type, annotations));
                _getters.Add(getter);
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
                => Add(name, type, (ref TValue target) => target = value, annotations);

            public Annotations ToAnnotations() => new(new DataViewSchema(_columns), _getters.ToArray());
        }
    }
}
