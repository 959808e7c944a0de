namespace Microsoft.ML;

/// <summary>Can be saved into a model.</summary>
public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
