import Columnar

/// Reads CONCEPT_RELATIONSHIP.csv: the valid edges along which codes are mapped, and all rows if
/// wanted.
struct AthenaRelationships: AthenaSink {
  let columns: [String]

  /// Edges between positions: source in the high half, target in the low half.
  private(set) var mapping: [[UInt64]] = [[], [], []]
  /// From a concept over a kind of edge to another, of all rows.
  private(set) var edges: EdgeBuckets?
  /// Valid edges along which codes are mapped that have an end outside CONCEPT.csv.
  private(set) var dangling = 0
  /// Rows that have an end outside CONCEPT.csv.
  private(set) var danglingRows = 0
  private(set) var kinds: RelationshipKinds
  /// All rows.
  private(set) var count = 0
  /// Where each kind stands first among the rows of this sink, and the first row of which an end is no
  /// concept.
  private(set) var firstRows: [BlockPlace] = []
  private(set) var firstDangling: BlockPlace?
  /// The rows beside their reverses.
  private(set) var pairs = ReversePairs()
  /// For each kind how its rows are paired.
  private var paired: [ReversePairs.Direction?] = []
  private let directions: [String: ReversePairs.Direction]
  private var block = 0
  private let ids: ConceptIDs
  private let isWhole: Bool

  init(
    ids: ConceptIDs, concepts: Int, isWhole: Bool,
    directions: [String: ReversePairs.Direction] = [:]
  ) {
    self.ids = ids
    self.directions = directions
    self.isWhole = isWhole
    kinds = RelationshipKinds(hasDates: isWhole)
    columns =
      ["concept_id_1", "concept_id_2", "relationship_id"]
      + (isWhole ? ["valid_start_date", "valid_end_date"] : []) + ["invalid_reason"]
    edges =
      isWhole
      ? EdgeBuckets(concepts: concepts, middle: .bits(RelationshipKinds.bits), low: .target) : nil
  }

  mutating func begin(block: Int) { self.block = block }

  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    count += rows.count
    // As Athena writes them, all columns behind the ids are one run of bytes, which few rows alone have.
    let isRun =
      rows.dialect == .tabs && rows.width == 6
      && places == (isWhole ? [0, 1, 2, 3, 4, 5] : [0, 1, 2, 5])
    var run: [UInt8] = []
    for row in 0..<rows.count {
      let kind: Int
      do throws(AthenaFault) {
        if isRun {
          let range = rows.range(row, 2).lowerBound..<rows.range(row, 5).upperBound
          kind = try kinds.number(bytes.extracting(range))
        } else {
          run.removeAll(keepingCapacity: true)
          for column in 2..<places.count {
            if column > 2 { run.append(9) }
            for index in rows.range(row, places[column]) { run.append(bytes[index]) }
          }
          kind = try kinds.number(run.span)
        }
      } catch {
        throw AthenaFault(
          code: error.code, message: error.message, line: Int(rows.lines[row]))
      }
      if kind == firstRows.count {
        firstRows.append(BlockPlace(block: block, line: Int(rows.lines[row])))
        paired.append(directions[kinds.kinds[kind].relationship])
      }
      let use = kinds.uses[kind]
      guard isWhole || use != .none else { continue }
      guard let source = AthenaValue.id(bytes, rows.range(row, places[0])),
        let target = AthenaValue.id(bytes, rows.range(row, places[1]))
      else {
        throw AthenaFault(
          code: "bad-concept-id",
          message: "concept_id_1 or concept_id_2 is no whole number from 0 to 2147483647",
          line: Int(rows.lines[row]))
      }
      if let direction = paired[kind] { pairs.add(source, target, direction) }
      if !add(source, target, kind, use), firstDangling == nil {
        firstDangling = BlockPlace(block: block, line: Int(rows.lines[row]))
      }
    }
  }

  /// Adds a valid edge that stands in no file of the download.
  mutating func add(
    source: UInt32, target: UInt32, relationship: String
  ) throws(AthenaFault) {
    let spelling = Array((relationship + (isWhole ? "\t19700101\t20991231\t" : "\t")).utf8)
    let kind = try kinds.number(spelling.span)
    _ = add(source, target, kind, kinds.uses[kind])
  }

  /// Adds an edge; `false` when an end is no concept.
  @inline(__always)
  private mutating func add(
    _ source: UInt32, _ target: UInt32, _ kind: Int, _ use: RelationshipKinds.Use
  ) -> Bool {
    let from = ConceptIDs.position(
      of: Int64(source), ids.pages.span, ids.words.span, ids.ranks.span)
    let to = ConceptIDs.position(of: Int64(target), ids.pages.span, ids.words.span, ids.ranks.span)
    guard from >= 0, to >= 0 else {
      danglingRows += 1
      if use != .none { dangling += 1 }
      return false
    }
    if use != .none {
      mapping[Int(use.rawValue) - 1].append(UInt64(from) << 32 | UInt64(to))
    }
    edges?.add(source: from, middle: kind, low: to)
    return true
  }
}
