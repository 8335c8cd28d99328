/// What holds the secret or what is computed from it alone: it shows nothing of itself, neither in
/// a description nor to reflection, so that no log and no crash report can carry it away.
protocol Secrecy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Secrecy {
  /// A fixed word in the place of the value.
  package var description: String { "secret" }

  /// A fixed word in the place of the value.
  package var debugDescription: String { description }

  /// A mirror without children.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretKey: Secrecy {}

extension KeyHasher: Secrecy {}
