import Foundation

/// The files of the project that the proofs run on.
enum Project {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let pipeline = root.appendingPathComponent("pipelines/emc2.yaml").path
  static let data = root.appendingPathComponent("sample-data", isDirectory: true)
  static let vocabulary = data.appendingPathComponent("vocabulary", isDirectory: true)
  static let key = data.appendingPathComponent("demo.key")

  /// 2026-01-31, the day of every run of the proofs, in days since 1970-01-01.
  static let asOf: Int64 = 20_484
  static let asOfText = "2026-01-31"

  /// Whether an address or thread sanitizer slows everything down and takes memory of its own.
  static let isSanitized =
    ProcessInfo.processInfo.environment["ECLUSE_SANITIZED"] != nil

  /// How many persons the samples of the proofs have: as many as `ECLUSE_PERSONS` says, else more
  /// where the code is optimised.
  static let sizes: [Int] = {
    if let persons = ProcessInfo.processInfo.environment["ECLUSE_PERSONS"].flatMap({ Int($0) }) {
      return [persons]
    }
    if isSanitized { return [80] }
    #if DEBUG
      return [400]
    #else
      return [400, 5000]
    #endif
  }()

  /// The largest sample that every configuration runs.
  static let size = isSanitized ? 80 : 400

  /// A sample for what is done to many runs in turn.
  static let small = isSanitized ? 80 : 150
}
