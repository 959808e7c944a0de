namespace Microsoft.ML.DeepClustering.Reporting;

/// <summary>A section of a page.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its heading, not escaped.</param>
/// <param name="Headings">The headings in it that the contents list, not escaped.</param>
/// <param name="Body">What is under the heading, as HTML.</param>
internal sealed record PageSection(string Id, string Title, IReadOnlyList<(string Id, string Title)> Headings, string Body);
