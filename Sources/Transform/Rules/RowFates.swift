internal import Columnar
internal import Engine

/// What becomes of each source row of a batch while a rule maps it: the strongest word stands.
///
/// A row that fans out may fare differently on each of its ways; it is emitted when any way is,
/// else refused, else unmatched, else filtered. Where it is emitted, the ways on which it was refused
/// are counted apart. A row that does not stand for its source row is in no box: of its refusals
/// there is a note.
struct RowFates {
  private enum Standing: UInt8 {
    case filtered
    case unmatched
    case refused
    case passed
  }

  private var standings: [Standing]
  private var reasons: [Int32: (reason: ReasonCode, field: String?, parent: Int64?)] = [:]
  /// Every way on which a row was refused, with the reason.
  private var refusedWays: [(row: Int32, reason: ReasonCode)] = []
  /// Whether each row stands for its source row; all do where empty.
  private let leads: [Bool]

  init(_ source: SourceBatch) {
    standings = .init(repeating: .filtered, count: source.batch.count)
    leads = source.leads
  }

  mutating func unmatched(_ row: Int32) {
    if standings[Int(row)].rawValue < Standing.unmatched.rawValue {
      standings[Int(row)] = .unmatched
    }
  }

  mutating func refuse(
    _ row: Int32, _ reason: ReasonCode, field: String? = nil, parent: Int64? = nil
  ) {
    if standings[Int(row)].rawValue < Standing.refused.rawValue { standings[Int(row)] = .refused }
    if reasons[row] == nil { reasons[row] = (reason, field, parent) }
    refusedWays.append((row, reason))
  }

  mutating func pass(_ row: Int32) { standings[Int(row)] = .passed }

  func hasPassed(_ row: Int32) -> Bool { standings[Int(row)] == .passed }

  /// The rows that were refused, in order.
  var refused: [Int32] {
    standings.indices.filter { standings[$0] == .refused }.map { Int32($0) }
  }

  /// Books every row that goes no further; those that pass are booked when they are finished.
  func settle(_ source: SourceBatch, rule: String, into output: inout MapOutput) {
    for (row, reason) in refusedWays where standings[Int(row)] == .passed {
      output.account.notes["fan_out_refused:\(reason)", default: 0] += 1
    }
    for (row, standing) in standings.enumerated() {
      guard leads.isEmpty || leads[row] else {
        if standing == .refused, let why = reasons[Int32(row)] {
          output.account.notes["fan_out_refused:\(why.reason)", default: 0] += 1
        }
        continue
      }
      let position = SourcePosition(packed: source.positions[row])
      switch standing {
      case .passed: break
      case .filtered: output.account.boxes[.filtered, default: 0] += 1
      case .unmatched:
        output.account.boxes[.unmatched, default: 0] += 1
        output.account.reasons[.joinUnmatched, default: 0] += 1
        output.refuse(QuarantineEntry(.row, at: position, rule: rule, reason: .joinUnmatched))
      case .refused:
        guard let why = reasons[Int32(row)] else { preconditionFailure("a refusal has a reason") }
        output.account.boxes[.quarantined, default: 0] += 1
        output.account.reasons[why.reason, default: 0] += 1
        output.refuse(
          QuarantineEntry(
            .row, at: position, rule: rule, reason: why.reason, field: why.field,
            parent: why.parent.map(SourcePosition.init(packed:))))
      }
    }
  }
}
