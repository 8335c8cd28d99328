import Columnar
import CommonDataModel
import Engine
import EngineTestSupport

@testable import Transform

/// What becomes of the stays and acts of a random world, worked out row by row without a batch, a
/// bucket or an id: slow, and plain enough to be read against the design.
struct ObviousReference {
  enum Fate: Equatable {
    case emitted(rows: [String])
    case filtered
    case unmatched
    case collapsed
    case quarantined
  }

  let world: World
  /// The accepted rows of each table.
  let people: [[Cell]]
  let stays: [[Cell]]
  let acts: [[Cell]]

  init(_ world: World) {
    self.world = world
    func clean(_ table: String) -> [[Cell]] {
      world[table].filter { !$0.isEmpty }.map { row in
        row.map { cell in
          if case .rejected = cell { return .null }
          return cell
        }
      }
    }
    people = clean("people")
    stays = clean("stays")
    acts = clean("acts")
  }

  /// Whether a person has a row with a year of birth and no two rows that disagree.
  func isKnown(_ person: Cell) -> Bool {
    let rows = people.filter { $0[0] == person && $0[2] != .null }
    let sexes = Set(rows.map { $0[1] }).subtracting([.null])
    return !rows.isEmpty && sexes.count <= 1 && Set(rows.map { $0[2] }).count == 1
  }

  /// Whether a stay has all that a visit needs.
  private func isWhole(_ stay: [Cell]) -> Bool {
    stay[0] != .null && stay[1] != .null && stay[2] != .null && isKnown(stay[1])
  }

  func fate(ofStay index: Int) -> Fate {
    let stay = stays[index]
    guard isWhole(stay) else { return .quarantined }
    let sameKey = stays.indices.filter {
      isWhole(stays[$0]) && stays[$0][0] == stay[0] && stays[$0][1] == stay[1]
    }
    if sameKey.contains(where: { stays[$0] != stay }) { return .quarantined }
    return sameKey.first == index ? .emitted(rows: ["visit_occurrence"]) : .collapsed
  }

  func fate(ofAct act: [Cell]) -> Fate {
    if act[2] == .null && act[3] == .null { return .filtered }
    guard act[0] != .null else { return .unmatched }
    let partners = stays.filter { $0[0] == act[0] }
    guard let stay = partners.first else { return .unmatched }
    // The stay is in conflict, or its row could not become a visit.
    if partners.contains(where: { $0 != stay }) || !isWhole(stay) { return .quarantined }
    if act[1] == .null { return .quarantined }
    guard case .text(let code) = act[2], let meaning = world.codes[code] else {
      return .emitted(rows: ["procedure_occurrence"])
    }
    return .emitted(rows: meaning.targets.map(\.table.rawValue))
  }

  /// The boxes of a rule and its rows by table, from the fates of its source rows.
  static func account(
    _ fates: [Fate]
  ) -> (boxes: [Box: Int], rows: [String: Int]) {
    var boxes: [Box: Int] = [:]
    var rows: [String: Int] = [:]
    for fate in fates {
      switch fate {
      case .emitted(let tables):
        boxes[.emitted, default: 0] += 1
        for table in tables { rows[table, default: 0] += 1 }
      case .filtered: boxes[.filtered, default: 0] += 1
      case .unmatched: boxes[.unmatched, default: 0] += 1
      case .collapsed: boxes[.collapsed, default: 0] += 1
      case .quarantined: boxes[.quarantined, default: 0] += 1
      }
    }
    return (boxes, rows)
  }
}
