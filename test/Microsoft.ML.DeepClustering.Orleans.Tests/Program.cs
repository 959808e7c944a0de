using Microsoft.ML.DeepClustering.Orleans.Tests;
using Microsoft.ML.DeepClustering.Orleans.Tests.Support;
using Microsoft.Testing.Platform.Builder;

// Runs the tests, or, as the child of one of them, a silo or a caller: "silo <ports> ..." and "train <ports> ...".
switch (args)
{
    case ["silo", var port, var gateway, var primary, var cache]:
        return await SiloProgram.RunAsync(int.Parse(port), int.Parse(gateway), int.Parse(primary), cache);
    case ["train", var gateways, var storage, var epochs]:
        return await CallerProgram.RunAsync([.. gateways.Split(',').Select(int.Parse)], storage, int.Parse(epochs));
}

var builder = await TestApplication.CreateBuilderAsync(args);
SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, args);
using var application = await builder.BuildAsync();
return await application.RunAsync();
