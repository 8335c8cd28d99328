internal import Columnar

/// The stores in which rows of a run wait for the rows that share a key with them.
///
/// A rule goes through its exchanges in order, so that those of one level are filled before any of
/// them is emptied. Rules that join one table in one way at one level share a store, and with it the
/// index over the table's rows; the rows that a rule groups share one, whichever table they are of.
final class Exchanges: Sendable {
  /// One store and who takes from it.
  struct Place: Sendable {
    let store: ShuffleStore
    /// The table whose rows are the store's first stream; `nil` where there is none.
    let join: BroadcastRequest?
    let joinSchema: Schema
    /// The rules of the other streams, in their order, with the exchange of each.
    let rules: [(transformer: Int, exchange: Int)]

    /// The stream of the first rule.
    var firstRule: Int { join == nil ? 0 : 1 }
  }

  private struct Key: Hashable {
    let level: Int
    /// The name of a rule whose rows meet one another.
    let rule: String?
    let join: BroadcastRequest?
  }

  private struct Address {
    let level: Int
    let place: Int
    let stream: Int
  }

  /// The places of each level; a level is dropped as soon as it is empty.
  private let places: Guarded<[[Place]]>
  /// For each transformer, where the rows of each of its exchanges go.
  private let addresses: [[Address]]
  let levels: Int

  /// - Parameters:
  ///   - plan: the plan whose rules have exchanges.
  ///   - share: the bytes that waiting rows may occupy.
  ///   - folder: the folder for scratch files.
  init(_ plan: RunPlan, share: MemoryShare, folder: String) {
    var keys: [[Key]] = []
    var rules: [Key: [(transformer: Int, exchange: Int)]] = [:]
    var addresses: [[Address]] = []
    for (index, rule) in plan.transformers.enumerated() {
      var own: [Address] = []
      for (level, exchange) in rule.exchanges.enumerated() {
        if keys.count == level { keys.append([]) }
        let meets = exchange.join == nil
        let key = Key(level: level, rule: meets ? rule.name : nil, join: exchange.join)
        if rules[key] == nil { keys[level].append(key) }
        // Rows that meet are in one stream, wherever they come from; rows that join are each in the
        // stream of their rule, behind that of the joined table.
        if rules[key] == nil || !meets { rules[key, default: []].append((index, level)) }
        own.append(
          Address(
            level: level, place: keys[level].firstIndex(of: key) ?? 0,
            stream: meets ? 0 : rules[key]?.count ?? 1))
      }
      addresses.append(own)
    }
    let places = keys.map { level in
      level.map { key -> Place in
        let members = rules[key] ?? []
        let lefts = members.map { plan.transformers[$0.transformer].exchanges[$0.exchange].schema }
        let joined = key.join.map { request -> Schema in
          let table = plan.tables.first { $0.extractor.table == request.table }
          let fields = (table?.extractor.schema.fields ?? []).filter {
            request.columns?.contains($0.name) ?? true
          }
          return Schema(ExchangeHeader.fields + fields)
        }
        return Place(
          store: ShuffleStore(
            schemas: (joined.map { [$0] } ?? []) + lefts, share: share, folder: folder),
          join: key.join, joinSchema: joined ?? Schema([]), rules: members)
      }
    }
    self.places = Guarded(places)
    self.addresses = addresses
    levels = places.count
  }

  /// Lets rows of a rule wait.
  func add(_ batch: Batch, transformer: Int, exchange: Int) throws {
    let address = addresses[transformer][exchange]
    let place = places.withLock { $0[address.level][address.place] }
    try place.store.add(batch, stream: address.stream)
  }

  /// Lets the rows of a table wait for the rules that join it.
  ///
  /// A row with a NULL in its key is never found and waits for nobody.
  func add(joined source: SourceBatch, of table: String) throws {
    let asking = places.withLock { $0.flatMap(\.self).filter { $0.join?.table == table } }
    for place in asking {
      let keys = (place.join?.keys ?? []).map { name -> Column in
        guard let column = source.batch[name] else { preconditionFailure("no column \(name)") }
        return column
      }
      let hashes = BroadcastTable.hashes(keys, count: source.batch.count)
      let rows = source.waiting(
        hashes.map { $0.map { Digest($0, 0, 0, 0) } }, schema: place.joinSchema)
      if rows.count > 0 { try place.store.add(rows, stream: 0) }
    }
  }

  /// The places of a level.
  subscript(level: Int) -> [Place] { places.withLock { $0[level] } }

  /// Lets go of what a level holds.
  func drop(_ level: Int) { places.withLock { $0[level] = [] } }
}
