// SPDX-License-Identifier: GPL-3.0-or-later
// netcaliper-train-example OUTDIR: draws the data, trains the bundled example, and writes
// digits_dscnn.tflite with digits_dscnn.data.npz beside it. Takes a few minutes; the results are in
// the repository, so no build needs to run it.
#include <cstdio>
#include <filesystem>

#include "data/npz.h"
#include "glyph_network.h"
#include "tflite/write.h"

namespace {

using namespace training;

constexpr int32_t kTrainingGlyphs = 12000, kKeptGlyphs = 800, kEpochs = 24;
constexpr float kFirstRate = 4e-3f;

int complain(const types::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.message().c_str());
    return 1;
}

data::Array imagesOf(const std::vector<Glyph>& glyphs) {
    data::Array x{types::DataType::UInt8, {int32_t(glyphs.size()), kGlyphSize, kGlyphSize, 1}, {}};
    for (const Glyph& glyph : glyphs)
        x.bytes.insert(x.bytes.end(), glyph.pixels.begin(), glyph.pixels.end());
    return x;
}

data::Array labelsOf(const std::vector<Glyph>& glyphs) {
    data::Array y{types::DataType::UInt8, {int32_t(glyphs.size())}, {}};
    for (const Glyph& glyph : glyphs)
        y.bytes.push_back(uint8_t(glyph.label));
    return y;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: netcaliper-train-example OUTDIR\n");
        return 2;
    }
    const std::filesystem::path directory = argv[1];
    const auto taught = drawGlyphs(kTrainingGlyphs, 1), kept = drawGlyphs(kKeptGlyphs, 2);
    GlyphNetwork network(3);
    for (int32_t epoch = 0; epoch < kEpochs; ++epoch) {
        // The rate falls to nothing along a line.
        const float rate = kFirstRate * float(kEpochs - epoch) / float(kEpochs);
        const double loss = network.train(taught, rate);
        std::printf("epoch %2d: loss %.4f, accuracy on kept glyphs %.4f\n", epoch + 1, loss,
                    network.accuracy(kept));
        std::fflush(stdout);
    }
    const auto graph = network.graph("digits_dscnn");
    if (!graph) return complain(graph.error());
    if (auto written = tflite::write(**graph, directory / "digits_dscnn.tflite"); !written)
        return complain(written.error());
    auto written = data::writeNpz(directory / "digits_dscnn.data.npz",
                                  {{"x", imagesOf(kept)}, {"y", labelsOf(kept)}});
    return written ? 0 : complain(written.error());
}
