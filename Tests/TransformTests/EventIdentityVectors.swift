import Columnar

/// The identity of one event, computed by another program from the description of the format.
enum EventIdentityVectors {
  static let digest = Digest(
    0xea79_739a_c001_0c8e, 0x32b7_460c_4070_4ce1, 0x2adf_1a7a_58ae_a4cf,
    0x6f1f_bf7d_0c97_13a8)
  static let place: Int64 = 30_733_031
}
