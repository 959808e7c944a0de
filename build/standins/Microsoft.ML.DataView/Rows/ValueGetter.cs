namespace Microsoft.ML;

/// <summary>Puts the current value into <paramref name="value"/>, reusing what it holds where that is possible.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
