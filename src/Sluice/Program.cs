// A client's JSON schema may bring a pattern of its own: none may keep a thread busy. Read once, by the first regular expression.
AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(1));
return await Sluice.Cli.SluiceCommand.RunAsync(args);
