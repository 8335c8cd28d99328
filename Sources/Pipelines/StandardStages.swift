package import Engine
internal import Extract
internal import Load

extension Registry {
  /// The stages that ship with Écluse: the one list of them.
  package static var standard: Registry {
    var registry = Registry()
    registry.register(CSVSettings.self, as: "csv") { try CSVExtractor($0) }
    registry.register(ExternalSettings.self, as: "external") { try ExternalExtractor($0) }
    registry.register(own: "sqlite") {
      try SQLiteLoader(path: $0.address, cacheBytes: $0.memory / 8)
    }
    registry.register(own: "csv") { try CSVLoader(path: $0.address, isCompressed: false) }
    registry.register(own: "csv+gzip") { try CSVLoader(path: $0.address, isCompressed: true) }
    return registry
  }
}
