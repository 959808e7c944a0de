using Microsoft.ML.DeepClustering;
using Microsoft.ML.DeepClustering.Tests;
using Microsoft.ML.DeepClustering.Tests.Processes;
using Microsoft.Testing.Platform.Builder;

// A child of a test may be a worker.
if (RunWorker.TryRun(args))
    return 0;

// Runs the tests, or, as the child of one of them, what needs a process of its own: "child <name> <arguments>".
if (args is ["child", var name, .. var arguments])
    return ChildProcess.Run(name, arguments);

var builder = await TestApplication.CreateBuilderAsync(args);
SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, args);
using var application = await builder.BuildAsync();
return await application.RunAsync();
