// SPDX-License-Identifier: GPL-3.0-or-later
// The flags that make a variation, and variations as documents.

#include "run_cli.h"

namespace {

using support::TemporaryDir;
using terminal::json;
using terminal::Ran;

const std::string kVaryKeywordModel = terminal::bundled("kws_dscnn_int8.tflite");
const std::string kAutoencoder = terminal::bundled("ad_autoencoder_int8.tflite");

/// Runs vary with some flags and -o into a directory of its own.
json vary(const std::string& flags) {
    const TemporaryDir dir;
    return terminal::runJson("vary " + kVaryKeywordModel + " " + flags + " -o " +
                             (dir / "v.tflite").string());
}

bool says(const json& result, const std::string& words) {
    for (const json& change : result["changes"])
        if (change.get<std::string>().find(words) != std::string::npos) return true;
    return false;
}

TEST(Vary, PruningRemovesChannels) {
    const json original = vary("");
    const json pruned = vary("--prune 0.25 --prune-measure l2 --prune-scope global");
    EXPECT_LT(pruned["macs"], original["macs"]);
    EXPECT_LT(pruned["flash_bytes"], original["flash_bytes"]);
}

TEST(Vary, ZeroWeightsChangeTheCompressedSizeAlone) {
    const json original = vary(""), zeros = vary("--zero-weights 0.5");
    EXPECT_EQ(zeros["macs"], original["macs"]);
    EXPECT_EQ(zeros["flash_bytes"], original["flash_bytes"]);
    EXPECT_GT(zeros["zero_weights"].get<int64_t>(),
              original["zero_weights"].get<int64_t>() + 8'000);
    EXPECT_LT(zeros["compressed_bytes"].get<double>(),
              0.9 * original["compressed_bytes"].get<double>());
    EXPECT_TRUE(says(zeros, "neither time nor size"));
}

TEST(Vary, ALayerHasKnobsOfItsOwn) {
    const json result = vary("--layer 0:width=0.5 --layer 2:zero=0.5");
    EXPECT_TRUE(says(result, "64 -> 32 channels"));
    EXPECT_TRUE(says(result, "#2 CONV_2D: "));
}

TEST(Vary, ADocumentSaysTheSameAsFlags) {
    const TemporaryDir dir;
    const std::string document = (dir / "v.json").string();
    const json flags =
        vary("--width 0.75 --prune 0.25 --layer 4:width=1 --save-variation " + document);
    EXPECT_EQ(vary("--variation " + document), flags);
    const json wider = vary("--variation " + document + " --width 1");
    EXPECT_GT(wider["macs"], flags["macs"]);
}

TEST(Vary, ABadDocumentIsNamed) {
    const TemporaryDir dir;
    const std::string document = (dir / "bad.json").string();
    std::ofstream(document) << R"({"netcaliper_variation": 1, "widht": 0.5})";
    const Ran ran = terminal::run("evaluate " + kVaryKeywordModel + " --variation " + document);
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("error: 'widht' is an unknown key: " + document), std::string::npos)
        << ran.err;
}

TEST(Vary, WrongFlagsAreUsageErrors) {
    for (const char* flags :
         {"--prune 1.5", "--prune-measure l3", "--quantize int3", "--layer conv:int8",
          "--layer 3:width=2", "--layer 3", "--input-size 96", "--input-size 0x96", "--ranges none",
          "--zero-weights -1"})
        EXPECT_EQ(terminal::run("vary " + kVaryKeywordModel + " -o /dev/null " + flags).status, 2)
            << flags;
}

TEST(Vary, ASizeThatIsBuiltInIsNamed) {
    const Ran ran = terminal::run("vary " + kAutoencoder + " --input-size 32x32 -o /dev/null");
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("the input is no image"), std::string::npos) << ran.err;
}

TEST(Vary, RecoveryWithoutDataSaysWhatItLearnedFrom) {
    const TemporaryDir dir;
    const json result = terminal::runJson("vary " + kAutoencoder + " --prune 0.25 --recover -o " +
                                          (dir / "v.tflite").string());
    EXPECT_TRUE(says(result, "recovered by least squares on 64 of 64 random inputs"));
}

TEST(Vary, QuantizingTakesAScheme) {
    const json int8 = vary("--quantize int8-per-tensor --ranges mse");
    EXPECT_GT(int8["flash_bytes"].get<int64_t>(), 0);
    const json floats = vary("--quantize float32");
    EXPECT_GT(floats["flash_bytes"].get<int64_t>(), 2 * int8["flash_bytes"].get<int64_t>());
    // Per channel both: what shrinks is the weights, not the scales.
    EXPECT_LT(vary("--quantize int8w4")["flash_bytes"].get<int64_t>(),
              vary("--quantize int8")["flash_bytes"].get<int64_t>());
}

}  // namespace
