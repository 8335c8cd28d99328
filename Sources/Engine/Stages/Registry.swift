/// What an extractor is made of: the settings of its format, and the columns that rules want.
package protocol ExtractorSettings: Sendable {
  /// The name under which the extractor is registered.
  var format: String { get }
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

/// The stages that a program knows, by name.
///
/// A value, not a global: a program lists its stages in one place, and a test or another program
/// builds its own list. Of two stages of one kind and name the later is known.
public struct Registry: Sendable {
  package typealias ExtractorFactory = @Sendable (any ExtractorSettings) throws -> any Extractor
  package typealias StepFactory = @Sendable (StepSettings) throws -> any Step

  private var extractors: [String: ExtractorFactory] = [:]
  private var loaders: [String: @Sendable (LoaderSettings) throws -> sending any Loader] = [:]
  private var steps: [String: StepFactory] = [:]
  /// The settings that each reader takes, by its name; formats of the language are not among them.
  package private(set) var readerSettings: [String: [String]] = [:]
  /// The settings that each step takes, by its name.
  package private(set) var stepSettings: [String: [String]] = [:]

  /// The name under which a reader stands among the formats of the language, which it cannot replace.
  package static func format(ofReader name: String) -> String { "reader \(name)" }

  /// A list without stages.
  public init() {}

  /// Registers the extractor of one kind of settings.
  package mutating func register<Settings: ExtractorSettings>(
    _ settings: Settings.Type, as format: String,
    _ make: @escaping @Sendable (Settings) throws -> any Extractor
  ) {
    extractors[format] = { any in
      guard let own = any as? Settings else {
        throw UnknownStage(kind: "settings", name: format, known: [])
      }
      return try make(own)
    }
  }

  /// Registers the extractor of a reader, which pipelines know by its name.
  package mutating func register<Settings: ExtractorSettings>(
    _ type: Settings.Type, reader name: String, settings: [String],
    _ make: @escaping @Sendable (Settings) throws -> any Extractor
  ) {
    register(type, as: Registry.format(ofReader: name), make)
    readerSettings[name] = settings
  }

  /// Registers a step, which pipelines use by its name.
  ///
  /// - Parameters:
  ///   - name: what pipelines write behind `use:`.
  ///   - settings: the settings that it takes; others are mistakes.
  ///   - make: makes the step for one table; throws a `StageError` when columns or settings do not
  ///     suit it.
  public mutating func register(
    step name: String, settings: [String] = [],
    _ make: @escaping @Sendable (StepSettings) throws -> any Step
  ) {
    steps[name] = make
    stepSettings[name] = settings
  }

  /// Registers the loader of the targets that begin with a scheme, such as `sqlite`, and a colon.
  public mutating func register(
    target scheme: String, _ make: @escaping @Sendable (LoaderSettings) throws -> sending any Loader
  ) {
    loaders[scheme] = { settings in
      let name = "the loader \(scheme)"
      return try StageError.guarding(name) { GuardedLoader(try make(settings), name: name) }
    }
  }

  /// Registers a loader of our own, whose errors are known to hold no value of a row.
  package mutating func register(
    own scheme: String, _ make: @escaping @Sendable (LoaderSettings) throws -> sending any Loader
  ) {
    loaders[scheme] = make
  }

  /// Adds the stages of another list.
  package func adding(_ other: Registry) -> Registry {
    var all = self
    all.extractors.merge(other.extractors) { $1 }
    all.loaders.merge(other.loaders) { $1 }
    all.steps.merge(other.steps) { $1 }
    all.readerSettings.merge(other.readerSettings) { $1 }
    all.stepSettings.merge(other.stepSettings) { $1 }
    return all
  }

  /// The schemes of targets.
  package var targets: [String] { loaders.keys.sorted() }

  /// Makes the extractor for some settings.
  package func extractor(_ settings: any ExtractorSettings) throws -> any Extractor {
    guard let make = extractors[settings.format] else {
      throw UnknownStage(kind: "format", name: settings.format, known: extractors.keys.sorted())
    }
    return try make(settings)
  }

  /// Makes a step.
  package func step(_ name: String, _ settings: StepSettings) throws -> any Step {
    guard let make = steps[name] else {
      throw UnknownStage(kind: "step", name: name, known: steps.keys.sorted())
    }
    return try StageError.guarding("the step \(name)") { try make(settings) }
  }

  /// Makes the loader of a target written `scheme:address`.
  package func loader(_ target: String, memory: Int) throws -> sending any Loader {
    let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let make = loaders[parts[0]] else {
      throw UnknownStage(
        kind: "target", name: target, known: loaders.keys.sorted().map { "\($0):…" })
    }
    return try make(LoaderSettings(address: parts[1], memory: memory))
  }
}
