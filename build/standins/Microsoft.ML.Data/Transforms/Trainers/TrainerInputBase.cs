namespace Microsoft.ML.Trainers;

/// <summary>The columns that a trainer reads.</summary>
public abstract class TrainerInputBase
{
    /// <summary>A vector of Single of known size.</summary>
    public string FeatureColumnName = "Features";

    private protected TrainerInputBase()
    {
    }
}

/// <summary>The columns that a trainer without a label reads.</summary>
public abstract class UnsupervisedTrainerInputBaseWithWeight : TrainerInputBase
{
    /// <summary>The weight of each row, a Single; null for equal weights.</summary>
    public string ExampleWeightColumnName;

    private protected UnsupervisedTrainerInputBaseWithWeight()
    {
    }
}
