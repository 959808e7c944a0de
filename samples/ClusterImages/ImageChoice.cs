using System.CommandLine;
using Samples;

namespace ClusterImages;

/// <summary>The options that say which images: Fashion-MNIST unless others are named.</summary>
internal sealed class ImageChoice
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";
    private static readonly string[] FashionClasses =
        ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    private readonly Option<string> _images = new("--images") { HelpName = "FILE", Description = "An IDX file of images, gzipped (.gz) or plain; needs --labels. Default: Fashion-MNIST's training images" };
    private readonly Option<string> _labels = new("--labels") { HelpName = "FILE", Description = "The IDX file of their labels, which are only compared with" };
    private readonly Option<string[]> _usps = new("--usps") { HelpName = "FILE", Description = "Files of USPS text instead, gzipped or plain", AllowMultipleArgumentsPerToken = true };

    public void AddTo(Command command)
    {
        command.Add(_images);
        command.Add(_labels);
        command.Add(_usps);
        command.Validators.Add(result =>
        {
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            if (Given(_images) != Given(_labels))
                result.AddError("--images and --labels belong together; give both.");
            if (Given(_images) && Given(_usps))
                result.AddError("Give either --images and --labels, or --usps.");
        });
    }

    public ImageSet Read(ParseResult parsed)
    {
        if (parsed.GetValue(_usps) is { Length: > 0 } usps)
            return ImageFiles.ReadUsps(usps);
        if (!IsFashion(parsed))
            return ImageFiles.ReadIdx(parsed.GetValue(_images)!, parsed.GetValue(_labels)!);
        if (!Directory.Exists(Folder))
            throw new DirectoryNotFoundException($"{Folder} is missing; install Debian's dataset-fashion-mnist, or name other images with --images and --labels, or --usps.");
        return ImageFiles.ReadIdx(Path.Combine(Folder, "train-images-idx3-ubyte.gz"), Path.Combine(Folder, "train-labels-idx1-ubyte.gz"));
    }

    /// <summary>The images as a reader knows them.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(_usps) is { Length: > 0 } ? "USPS"
        : IsFashion(parsed) ? "Fashion-MNIST" : Path.GetFileName(parsed.GetValue(_images)!);

    /// <summary>A class as a reader knows it.</summary>
    public string ClassName(ParseResult parsed, int label)
        => IsFashion(parsed) && label < FashionClasses.Length ? FashionClasses[label] : $"{label}";

    private bool IsFashion(ParseResult parsed) => parsed.GetValue(_images) is null && parsed.GetValue(_usps) is null or [];
}
