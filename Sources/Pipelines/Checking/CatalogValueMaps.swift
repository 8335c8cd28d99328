import Columnar
package import Expressions
package import Vocabulary

/// The value maps of a folder of mapping files, each made once, when an expression asks for it.
package final class CatalogValueMaps: ValueMapProvider {
  private let catalog: MappingCatalog?
  private let maps = Guarded<[String: ValueMap]>([:])

  /// The maps of a folder; none when the project has no folder.
  package init(_ catalog: MappingCatalog?) { self.catalog = catalog }

  package var valueMapNames: [String] { catalog?.names ?? [] }

  /// A map by the name of its file; rows that cannot be read are left out.
  package func valueMap(_ name: String) -> ValueMap? {
    maps.withLock { maps in
      if let known = maps[name] { return known }
      guard let file = catalog?.valueMap(name)?.value else { return nil }
      let map = ValueMap(file.entries.map { (source: $0.source, target: $0.concept) })
      maps[name] = map
      return map
    }
  }
}
