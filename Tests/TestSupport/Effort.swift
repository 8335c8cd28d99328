internal import Foundation

/// How much a proof by random examples does.
public enum Effort {
  /// The rounds that a proof takes: under a sanitizer, which makes each of them many times slower and
  /// looks for something else, a tenth of them.
  public static func rounds(_ count: Int) -> Int {
    let isSanitized = ProcessInfo.processInfo.environment["ECLUSE_SANITIZED"] != nil
    return isSanitized ? max(1, count / 10) : count
  }
}
