internal import Columnar
internal import CommonDataModel

/// The loader of a run, handed from worker to worker under a lock.
final class LoadSession: Sendable {
  private let loader: Guarded<any Loader>
  /// The concepts of all rows so far; `nil` when nobody asks for them.
  private let concepts: Guarded<ConceptSet>?

  init(_ loader: sending any Loader, gathersConcepts: Bool = false) {
    self.loader = Guarded(loader)
    concepts = gathersConcepts ? Guarded(ConceptSet()) : nil
  }

  /// The concepts that the rows so far name; `nil` when they were not gathered.
  var usedConcepts: ConceptSet? { concepts?.withLock { $0 } }

  func create(_ tables: [CDMTable]) throws { try loader.withLock { try $0.create(tables: tables) } }

  /// Hands over finished rows bucket by bucket, the tables of a bucket in the order given; rows
  /// without a person go first.
  ///
  /// A database gives its pages out as rows of one table and another come along. Were that order
  /// the one of the partitions, the file would tell how much memory and how many threads made it.
  func append(_ rows: [FinishedRows]) throws {
    concepts?.withLock { concepts in
      for part in rows { concepts.insert(part) }
    }
    try loader.withLock { loader in
      var streams: [BucketCursor] = []
      for part in rows where part.batch.count > 0 {
        if let cursor = BucketCursor(part) {
          streams.append(cursor)
        } else {
          try loader.append(part.batch, rows: 0..<part.batch.count, to: part.table)
        }
      }
      while let bucket = first(of: streams) {
        for index in streams.indices where streams[index].bucket == bucket {
          let range = streams[index].next()
          try loader.append(streams[index].rows.batch, rows: range, to: streams[index].rows.table)
        }
      }
    }
  }

  /// The least bucket of the rows that are next; asked for each bucket, and so without a list.
  private func first(of streams: [BucketCursor]) -> Int? {
    var least: Int?
    for stream in streams {
      if let bucket = stream.bucket { least = min(least ?? bucket, bucket) }
    }
    return least
  }

  /// Hands over rows of the vocabulary's own tables, in their order.
  func append(vocabulary rows: FinishedRows) throws {
    try loader.withLock { try $0.append(rows.batch, rows: 0..<rows.batch.count, to: rows.table) }
  }

  func finish() throws -> [String: Int] { try loader.withLock { try $0.finish() } }

  func publish() throws { try loader.withLock { try $0.publish() } }

  func abandon() { loader.withLock { $0.abandon() } }
}

/// Walks through the rows of one table, which are in the order of their persons, a bucket at a time.
private struct BucketCursor {
  let rows: FinishedRows
  private let persons: [Int64]
  private var position = 0

  /// `nil` for rows without a person.
  init?(_ rows: FinishedRows) {
    guard let persons = rows.batch["person_id"]?.lanes else { return nil }
    self.rows = rows
    self.persons = persons
  }

  /// The bucket of the next row.
  var bucket: Int? { position < persons.count ? Buckets.of(person: persons[position]) : nil }

  /// Passes over the rows of the next bucket.
  mutating func next() -> Range<Int> {
    let start = position
    let bucket = bucket
    while position < persons.count, Buckets.of(person: persons[position]) == bucket {
      position += 1
    }
    return start..<position
  }
}
