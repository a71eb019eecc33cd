using System.Text.Json;
using Trimmed;

var image = new Image(640, 480, "a.png");

// Here both are the methods themselves.
Console.WriteLine(Images.Area(5, 10));
Console.WriteLine(JsonSerializer.Serialize(Images.Halve(image), ImagesJson.Default.Image));
