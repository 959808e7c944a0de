namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How the text is laid out.</summary>
    public class Options
    {
        /// <summary>Whether fields may stand in quotes, with separators in them and quotes written twice.</summary>
        public bool AllowQuoting;

        /// <summary>Whether the last fields of a line may be written as a count and index:value pairs.</summary>
        public bool AllowSparse;

        /// <summary>The number of fields of a line; needed only where a column reaches to the last one.</summary>
        public int? InputSize;

        /// <summary>The characters that part fields.</summary>
        public char[] Separators = ['\t'];

        /// <summary>The decimal marker, a point or a comma.</summary>
        public char DecimalMarker = '.';

        /// <summary>The columns; null for Label from the first field and Features from the others.</summary>
        public Column[] Columns;

        /// <summary>Whether white space around fields is removed.</summary>
        public bool TrimWhitespace;

        /// <summary>Whether the first line of each file names the fields.</summary>
        public bool HasHeader;

        /// <summary>Whether to read with several threads; has no effect here.</summary>
        public bool UseThreads = true;

        /// <summary>Whether a quoted field may run over several lines.</summary>
        public bool ReadMultilines;

        /// <summary>A file whose first line names the fields.</summary>
        public string HeaderFile;

        /// <summary>The largest number of rows.</summary>
        public long? MaxRows;

        /// <summary>What makes a quote in a quoted field a part of it.</summary>
        public char EscapeChar = '"';

        /// <summary>Whether an empty field of a real number is NaN; otherwise it is 0.</summary>
        public bool MissingRealsAsNaNs;

        public Options()
        {
        }
    }
}
