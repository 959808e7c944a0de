namespace TorchSharp.Native;

/// <summary>The numbers of one step of Adam; the same layout as in torchstandin.cpp.</summary>
internal record struct AdamStep(double Size, double Beta1, double Beta2, double RootCorrection, double Epsilon);
