return await Sluice.Cli.SluiceCommand.RunAsync(args);
