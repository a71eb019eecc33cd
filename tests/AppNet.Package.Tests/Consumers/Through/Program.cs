Console.WriteLine("The program has run.");
