using System.Text.Json;
using Trimmed;

var image = new Image(640, 480, "a.png");

// The overloads run the functions on a peer: here, when that is null.
Console.WriteLine(await Images.Area(5, 10, peer: null));
Console.WriteLine(JsonSerializer.Serialize(await Images.Halve(image, peer: null), ImagesJson.Default.Image));
