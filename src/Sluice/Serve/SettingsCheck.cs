using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;

namespace Sluice.Serve;

/// <summary>Finds settings that nobody reads, which a mistyped name would otherwise become.</summary>
internal static class SettingsCheck
{
    /// <summary>What the platform and this gateway read at the top.</summary>
    private static readonly string[] TopLevel =
    [
        ServeSettings.Section, ServeClusters.Section, "Kestrel", "Logging", "AllowedHosts", "urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName",
    ];

    /// <summary>Names at the top of files and on the command line. (The environment is full of other people's variables.)</summary>
    public static void Top(IConfigurationRoot configuration, List<string> problems)
    {
        foreach (var provider in configuration.Providers.Where(p => p is JsonConfigurationProvider or CommandLineConfigurationProvider))
        {
            foreach (var name in provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!TopLevel.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    problems.Add($"{name} is not a setting. At the top there are {string.Join(", ", TopLevel.Take(7))}.");
                }
            }
        }
    }

    /// <summary>Names below <paramref name="section"/> that <paramref name="type"/> has no property for.</summary>
    /// <param name="section">To check.</param>
    /// <param name="type">What is bound to it.</param>
    /// <param name="problems">Gets a sentence for each.</param>
    /// <param name="alsoKnown">Names that are read by hand.</param>
    public static void Below(IConfigurationSection section, Type type, List<string> problems, params string[] alsoKnown)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting).ToArray();
        foreach (var child in section.GetChildren().Where(c => !alsoKnown.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var property = Array.Find(known, p => string.Equals(p.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                problems.Add($"{child.Path} is not a setting. In {section.Path} there are {string.Join(", ", alsoKnown.Concat(known.Select(p => p.Name)))}.");
            }
            else
            {
                Descend(child, property.PropertyType, problems);
            }
        }
    }

    private static void Descend(IConfigurationSection section, Type type, List<string> problems)
    {
        if (typeof(IEnumerable).IsAssignableFrom(type) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            return;
        }

        Below(section, type, problems);
    }

    private static bool IsSetting(PropertyInfo property) =>
        property.CanWrite ? !property.PropertyType.IsInterface || typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
        : typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string);
}
