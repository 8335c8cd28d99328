import Columnar
import Foundation
import SQLite
import TestSupport
import Testing

@testable import Engine

@Suite struct LedgerTests {
  private func digest(bucket: Int, _ number: UInt64) -> Digest {
    Digest(UInt64(bucket) << 52 | number, 0, 0, number)
  }

  /// Two persons, a place and an exception.
  private var changes: LedgerChanges {
    var changes = LedgerChanges()
    changes.persons = [(digest(bucket: 5, 1), 1), (digest(bucket: 5, 2), 2)]
    changes.entities = [("care_site", digest(bucket: 9, 9), 1)]
    changes.exceptions = [(5 << 16 + 2, digest(bucket: 1, 77), 4711)]
    return changes
  }

  @Test func `remembers across openings what was committed`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("ledger.sqlite").path
      do {
        let ledger = try Ledger(path: path, keyFingerprint: "k")
        try ledger.begin()
        try ledger.add(changes)
        try ledger.commit()
      }
      let ledger = try Ledger(path: path, keyFingerprint: "k")
      let (sequences, last) = try ledger.persons(in: 0..<Buckets.count)
      #expect(sequences == [digest(bucket: 5, 1): 1, digest(bucket: 5, 2): 2])
      #expect(last == [5: 2])
      #expect(try ledger.entities(of: "care_site") == [digest(bucket: 9, 9): 1])
      #expect(try ledger.entities(of: "location") == [:])
      let exceptions = try ledger.exceptions(in: 0..<Buckets.count)
      #expect(exceptions == [5 << 16 + 2: [digest(bucket: 1, 77): 4711]])
    }
  }

  @Test(arguments: [(0..<5, false), (5..<6, true), (6..<4096, false), (0..<4096, true)])
  func `knows the persons and exceptions of some buckets alone`(
    buckets: Range<Int>, isThere: Bool
  ) throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "k")
    try ledger.begin()
    try ledger.add(changes)
    try ledger.commit()
    #expect(try ledger.persons(in: buckets).sequences.isEmpty != isThere)
    #expect(try ledger.exceptions(in: buckets).isEmpty != isThere)
  }

  @Test func `forgets a run that failed`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "k")
    try ledger.begin()
    try ledger.add(changes)
    ledger.rollBack()
    #expect(try ledger.persons(in: 0..<Buckets.count).sequences.isEmpty)
    #expect(try ledger.entities(of: "care_site").isEmpty)
    #expect(try ledger.exceptions(in: 0..<Buckets.count).isEmpty)
    // It is ready for the next run.
    try ledger.begin()
    try ledger.add(changes)
    try ledger.commit()
    #expect(try ledger.entities(of: "care_site").count == 1)
  }

  @Test func `a roll back without a run does nothing`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "k")
    ledger.rollBack()
    try ledger.begin()
    try ledger.commit()
    ledger.rollBack()
  }

  @Test func `a program that dies within a run leaves no trace of it`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("ledger.sqlite").path
      do {
        let ledger = try Ledger(path: path, keyFingerprint: "k")
        try ledger.begin()
        try ledger.add(changes)
      }
      let ledger = try Ledger(path: path, keyFingerprint: "k")
      #expect(try ledger.persons(in: 0..<Buckets.count).sequences.isEmpty)
    }
  }

  @Test func `never gives a person a second number`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "k")
    try ledger.begin()
    try ledger.add(changes)
    #expect(throws: SQLiteError.self) { try ledger.add(changes) }
    ledger.rollBack()
  }

  @Test func `refuses the ledger of another key`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("ledger.sqlite").path
      _ = try Ledger(path: path, keyFingerprint: "k")
      let error = #expect(throws: LedgerError.self) {
        try Ledger(path: path, keyFingerprint: "other")
      }
      guard case .otherKey = error else {
        Issue.record("another error")
        return
      }
    }
  }

  @Test(arguments: [Ledger.version - 1, Ledger.version + 1])
  func `refuses a ledger of another format and leaves it as it is`(version: Int64) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("ledger.sqlite").path
      do {
        let connection = try Connection(path: path, .create)
        try connection.execute(
          """
          CREATE TABLE ledger (version INTEGER NOT NULL, key TEXT NOT NULL, colour TEXT);
          INSERT INTO ledger VALUES (\(version), 'k', 'green');
          """)
      }
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      let error = #expect(throws: LedgerError.self) {
        try Ledger(path: path, keyFingerprint: "k")
      }
      #expect("\(try #require(error))".contains("format \(version)"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
  }

  @Test func `a file that is no database is refused`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("ledger.sqlite")
      try Data(repeating: 7, count: 4096).write(to: file)
      #expect(throws: SQLiteError.self) { try Ledger(path: file.path, keyFingerprint: "k") }
    }
  }
}
