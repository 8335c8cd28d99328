internal import SQLite

extension CodeCounts {
  /// Writes the counts into a new SQLite file.
  ///
  /// It holds codes of few persons too, and lies where the quarantine lies: in the folder of the
  /// run, which its owner alone may read.
  ///
  /// - Parameter path: the file to make, in a folder that exists.
  /// - Throws: what SQLite says.
  package func write(to path: String) throws {
    let connection = try Connection(path: path, .create)
    try connection.execute(
      """
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      CREATE TABLE counts (precision REAL NOT NULL);
      CREATE TABLE code (
        id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, rule TEXT NOT NULL,
        cdm_table TEXT NOT NULL, field TEXT NOT NULL, domain TEXT NOT NULL, vocabulary TEXT,
        mapping TEXT, code TEXT, name TEXT NOT NULL, outcome TEXT NOT NULL,
        records INTEGER NOT NULL, persons INTEGER NOT NULL, source_concept INTEGER NOT NULL,
        concepts TEXT NOT NULL);
      CREATE TABLE value (
        code INTEGER NOT NULL, unit TEXT NOT NULL, records INTEGER NOT NULL,
        persons INTEGER NOT NULL, p5 REAL, p25 REAL, p50 REAL, p75 REAL, p95 REAL);
      BEGIN;
      """)
    var counts = try connection.prepare("INSERT INTO counts VALUES (?)")
    try counts.bind(precision, at: 1)
    try counts.run()
    var insert = try connection.prepare(
      "INSERT INTO code VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    var value = try connection.prepare("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (number, code) in codes.enumerated() {
      try insert.bind(Int64(number), at: 1)
      let texts: [String?] = [
        code.pipeline, code.rule, code.table, code.field, code.domain, code.vocabulary,
        code.mapping, code.code, code.name, code.outcome.rawValue,
      ]
      for (place, text) in texts.enumerated() {
        if let text {
          try insert.bind(text, at: place + 2)
        } else {
          try insert.bindNull(at: place + 2)
        }
      }
      try insert.bind(Int64(code.records), at: 12)
      try insert.bind(Int64(code.persons), at: 13)
      try insert.bind(code.sourceConcept, at: 14)
      try insert.bind(code.concepts.map(String.init).joined(separator: " "), at: 15)
      try insert.run()
      for one in code.values {
        try value.bind(Int64(number), at: 1)
        try value.bind(one.unit, at: 2)
        try value.bind(Int64(one.records), at: 3)
        try value.bind(Int64(one.persons), at: 4)
        for (place, quantile) in one.quantiles.enumerated() {
          try value.bind(quantile, at: place + 5)
        }
        try value.run()
      }
    }
    _ = consume insert
    _ = consume value
    _ = consume counts
    try connection.execute("COMMIT")
  }

  /// Reads the counts of a run.
  ///
  /// - Parameter path: the file, as `RunFolder.codes` names it.
  /// - Returns: the counts, in their order.
  /// - Throws: what SQLite says; also where the file is not there.
  package static func read(_ path: String) throws -> CodeCounts {
    let connection = try Connection(path: path, .readOnly)
    var values: [Int64: [ValueCount]] = [:]
    var value = try connection.prepare("SELECT * FROM value ORDER BY rowid")
    while try value.step() {
      values[value.integer(at: 0), default: []].append(
        ValueCount(
          unit: value.text(at: 1) ?? "", records: Int(value.integer(at: 2)),
          persons: Int(value.integer(at: 3)),
          quantiles: ValueCount.shares.indices.map { value.double(at: 4 + $0) }))
    }
    var codes: [CodeCount] = []
    var query = try connection.prepare("SELECT * FROM code ORDER BY id")
    while try query.step() {
      func text(_ column: Int) -> String { query.text(at: column) ?? "" }
      codes.append(
        CodeCount(
          pipeline: text(1), rule: text(2), table: text(3), field: text(4), domain: text(5),
          vocabulary: query.text(at: 6), mapping: query.text(at: 7), code: query.text(at: 8),
          name: text(9), outcome: CodeCount.Outcome(rawValue: text(10)) ?? .unmapped,
          records: Int(query.integer(at: 11)), persons: Int(query.integer(at: 12)),
          sourceConcept: query.integer(at: 13),
          concepts: text(14).split(separator: " ").compactMap { Int64($0) },
          values: values[query.integer(at: 0)] ?? []))
    }
    var precision = try connection.prepare("SELECT precision FROM counts")
    let error = try precision.step() ? precision.double(at: 0) : 0
    return CodeCounts(codes, precision: error)
  }
}
