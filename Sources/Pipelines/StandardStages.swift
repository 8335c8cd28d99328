package import Engine
internal import Extract
internal import Load

extension Registry {
  /// The stages that ship with Écluse: the one list of them.
  package static var standard: Registry {
    var registry = Registry()
    registry.register(CSVSettings.self) { try CSVExtractor($0) }
    registry.register(ExternalSettings.self) { try ExternalExtractor($0) }
    registry.register(target: "sqlite") { path, options in
      try SQLiteLoader(path: path, cacheBytes: options.memory / 8)
    }
    registry.register(target: "csv") { path, _ in
      try CSVLoader(path: path, isCompressed: false)
    }
    registry.register(target: "csv+gzip") { path, _ in
      try CSVLoader(path: path, isCompressed: true)
    }
    return registry
  }
}
