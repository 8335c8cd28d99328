/// What an extractor is made of: the settings of its format, and the columns that rules want.
package protocol ExtractorSettings: Sendable {
  /// The name of the format, as the pipeline language spells it.
  static var format: String { get }
}

/// A stage that nobody registered was asked for.
package struct UnknownStage: Error, CustomStringConvertible, Sendable {
  package let kind: String
  package let name: String
  package let known: [String]

  package var description: String {
    "unknown \(kind) '\(name)'; known are \(known.joined(separator: ", "))"
  }
}

/// The extractors and loaders that a program knows, by name.
///
/// A value, not a global: a program lists its stages in one place, and a test or another program
/// builds its own list.
package struct Registry: Sendable {
  package typealias ExtractorFactory = @Sendable (any ExtractorSettings) throws -> any Extractor
  package typealias LoaderFactory =
    @Sendable (_ address: String, _ options: RunOptions) throws -> sending any Loader

  private var extractors: [String: ExtractorFactory] = [:]
  private var loaders: [String: LoaderFactory] = [:]

  package init() {}

  /// Registers the extractor of one kind of settings.
  package mutating func register<Settings: ExtractorSettings>(
    _ settings: Settings.Type, _ make: @escaping @Sendable (Settings) throws -> any Extractor
  ) {
    extractors[Settings.format] = { any in
      guard let own = any as? Settings else {
        throw UnknownStage(kind: "settings", name: Settings.format, known: [])
      }
      return try make(own)
    }
  }

  /// Registers the loader of a kind of target, such as `sqlite`.
  package mutating func register(target scheme: String, _ make: @escaping LoaderFactory) {
    loaders[scheme] = make
  }

  /// Makes the extractor for some settings.
  package func extractor(_ settings: any ExtractorSettings) throws -> any Extractor {
    let format = type(of: settings).format
    guard let make = extractors[format] else {
      throw UnknownStage(kind: "format", name: format, known: extractors.keys.sorted())
    }
    return try make(settings)
  }

  /// Makes the loader of a target written `scheme:address`.
  package func loader(_ target: String, options: RunOptions) throws -> sending any Loader {
    let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let make = loaders[parts[0]] else {
      throw UnknownStage(
        kind: "target", name: target, known: loaders.keys.sorted().map { "\($0):…" })
    }
    return try make(parts[1], options)
  }
}
