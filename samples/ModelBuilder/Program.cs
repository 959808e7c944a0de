using Samples.ModelBuilder;

// The layout that Model Builder gives a project: Customers.training.cs and Customers.consumption.cs, one class. Its data are 240 made-up customers.
//   dotnet run -c Release --project samples/ModelBuilder
Customers.Train("Customers.mlnet", Path.Combine(AppContext.BaseDirectory, "customers.csv"));
Customers.ModelInput[] customers =
[
    new() { Region = "North", Age = 23, Income = 20, Visits = 15 },
    new() { Region = "South", Age = 47, Income = 55, Visits = 4 },
    new() { Region = "West", Age = 70, Income = 31, Visits = 1 },
];
foreach (var customer in customers)
{
    var output = Customers.Predict(customer);
    Console.WriteLine($"{customer.Region}, {customer.Age} years: cluster {output.PredictedLabel}, probability {output.Probability.Max():0.00}");
}
