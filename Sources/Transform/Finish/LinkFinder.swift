internal import Columnar
internal import CommonDataModel
internal import Engine

/// Finds the rows of a partition that other rows name.
///
/// It holds what looking up needs and nothing else: looked up once for each row and reference, a copy of
/// the whole partition's work would cost more than the search, and so would one of a structure with as
/// many arrays: it is a class.
final class LinkFinder {
  let links: LinkTable
  let emitted: [PartitionWork.Emitted]
  let places: [Int64]
  let personIDs: [Int64]
  /// The position of each table of the partition in `CommonDataModel.tables`.
  let tables: [Int32]
  let registry: EntityRegistry
  let ruleNumbers: [String: Int]

  private static let person = CDMTable.person.number

  init(_ work: PartitionWork) {
    links = work.links
    emitted = work.emitted
    places = work.places
    personIDs = work.personIDs
    tables = work.tables.map { $0.table.number }
    registry = work.registry
    ruleNumbers = work.plan.ruleNumbers
  }

  /// What finds the row that a reference's key names: of its own person, or a row without one.
  ///
  /// - Parameters:
  ///   - reference: the reference.
  ///   - persons: the person of each row that refers.
  /// - Returns: a function of a key and the position of the row that refers.
  func find(_ reference: Reference, _ persons: [Int32]) -> (Digest, Int) -> Reference.Found? {
    if let ids = registry.ids[reference.rule] {
      return { key, _ in ids[key].map { .init(id: $0) } }
    }
    guard let rule = ruleNumbers[reference.rule].map(Int32.init) else { return { _, _ in nil } }
    return { [self] key, row in
      guard let link = links[PartitionWork.LinkKey(rule: rule, person: persons[row], key: key)]
      else { return nil }
      return found(link)
    }
  }

  /// The row to which a link leads, unless it is in quarantine.
  func found(_ link: PartitionWork.Link) -> Reference.Found? {
    switch link {
    case .emitted(let number):
      let row = emitted[Int(number)]
      return Reference.Found(
        id: personIDs[Int(row.person)] << EventIdentity.bits | places[Int(number)],
        table: tables[Int(row.table)])
    case .person(let number):
      return Reference.Found(id: personIDs[Int(number)], table: LinkFinder.person)
    case .refused: return nil
    }
  }
}

extension CDMTable {
  /// The position in `CommonDataModel.tables`.
  var number: Int32 { CDMTable.numbers[name] ?? 0 }

  private static let numbers = Dictionary(
    uniqueKeysWithValues: CommonDataModel.tables.enumerated().map { ($1.name, Int32($0)) })
}
