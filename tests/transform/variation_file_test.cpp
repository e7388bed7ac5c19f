// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/document/variation_file.h"

#include <gtest/gtest.h>

#include "random_variation.h"
#include "support/knob_changes.h"
#include "support/temporary_dir.h"

namespace {

using transform::parseVariation;
using transform::variationText;
using types::Variation;

TEST(VariationFile, DefaultsAreLeftOut) {
    EXPECT_EQ(variationText({}), "{\n  \"netcaliper_variation\": 1\n}\n");
}

TEST(VariationFile, ReadsWhatPeopleWrite) {
    const auto read = parseVariation(R"({
        "netcaliper_variation": 1,
        "input_size": [96, 128],
        "width": 0.75, "channel_multiple": 8,
        "prune": {"channels": 0.25, "measure": "sensitivity", "scope": "global", "recover": true},
        "quantize": {"precision": "int8", "ranges": "percentile", "percentile": 99.9,
                     "input_type": "float32"},
        "layers": {"3": {"precision": "int16x8"}, "12": {"width": 0.5, "prune_weights": 0.5}}
    })",
                                     "v.json");
    ASSERT_TRUE(read) << read.error().message();
    Variation expected;
    expected.inputSize = {96, 128};
    expected.width = 0.75;
    expected.channelMultiple = 8;
    expected.prune.channels = 0.25;
    expected.prune.measure = types::ImportanceMeasure::Sensitivity;
    expected.prune.scope = types::PruneScope::Global;
    expected.prune.recover = true;
    expected.quantize.precision = types::Precision::Int8;
    expected.quantize.ranges = types::RangeMethod::Percentile;
    expected.quantize.percentile = 99.9;
    expected.quantize.inputType = types::DataType::Float32;
    expected.layers[3].precision = types::Precision::Int16x8;
    expected.layers[12].width = 0.5;
    expected.layers[12].pruneWeights = 0.5;
    EXPECT_EQ(*read, expected);
}

struct Refused {
    const char* text;
    const char* what;
};

TEST(VariationFile, WhatIsWrongIsNamed) {
    const Refused cases[] = {
        {"{", "is no JSON document"},
        {"[]", "'' is no object"},
        {"{}", "'netcaliper_variation' must be 1"},
        {R"({"netcaliper_variation": 2})", "'netcaliper_variation' must be 1"},
        {R"({"netcaliper_variation": 1, "witdh": 0.5})", "'witdh' is an unknown key"},
        {R"({"netcaliper_variation": 1, "width": "half"})", "'width' is no number"},
        {R"({"netcaliper_variation": 1, "width": 0})", "'width' is out of range"},
        {R"({"netcaliper_variation": 1, "width": 1.5})", "'width' is out of range"},
        {R"({"netcaliper_variation": 1, "channel_multiple": 0})",
         "'channel_multiple' is no positive whole number"},
        {R"({"netcaliper_variation": 1, "channel_multiple": 2.5})",
         "'channel_multiple' is no positive whole number"},
        {R"({"netcaliper_variation": 1, "channel_multiple": 99999999999999999999})",
         "'channel_multiple' is no positive whole number"},
        {R"({"netcaliper_variation": 1, "channel_multiple": 65})",
         "'channel_multiple' is out of range"},
        {R"({"netcaliper_variation": 1, "prune": {"channels": 1}})",
         "'prune.channels' is out of range"},
        {R"({"netcaliper_variation": 1, "prune": {"measure": "l3"}})",
         "'prune.measure' is an unknown word"},
        {R"({"netcaliper_variation": 1, "prune": {"recover": 1}})", "'prune.recover' is no flag"},
        {R"({"netcaliper_variation": 1, "prune": 0.25})", "'prune' is no object"},
        {R"({"netcaliper_variation": 1, "quantize": {"bits": 8}})",
         "'quantize.bits' is an unknown key"},
        {R"({"netcaliper_variation": 1, "quantize": {"percentile": 50}})",
         "'quantize.percentile' is out of range"},
        {R"({"netcaliper_variation": 1, "input_size": [96]})", "'input_size' is no pair"},
        {R"({"netcaliper_variation": 1, "input_size": [96, -1]})",
         "'input_size[1]' is no positive whole number"},
        {R"({"netcaliper_variation": 1, "layers": {"conv": {}}})", "'layers.conv' is no layer"},
        {R"({"netcaliper_variation": 1, "layers": {"3": {"widht": 1}}})",
         "'layers.3.widht' is an unknown key"},
    };
    for (const Refused& c : cases) {
        const auto read = parseVariation(c.text, "v.json");
        ASSERT_FALSE(read) << c.text;
        EXPECT_EQ(read.error().what, c.what) << c.text;
        EXPECT_EQ(read.error().where, "v.json");
        EXPECT_FALSE(read.error().remedy.empty());
    }
}

TEST(VariationFile, AnyVariationComesBack) {
    for (uint64_t seed = 1; seed <= 200; ++seed) {
        const Variation variation = surgery::variationOf(seed, 60);
        const std::string text = variationText(variation);
        const auto again = parseVariation(text, "text");
        ASSERT_TRUE(again) << again.error().message() << "\n" << text;
        EXPECT_EQ(*again, variation) << text;
    }
}

TEST(VariationFile, EveryKnobIsWrittenAndRead) {
    for (const auto& [path, variation] : support::knobChanges({})) {
        const std::string text = variationText(variation);
        const std::string key = path.substr(path.rfind('.') + 1);
        EXPECT_NE(text.find('"' + key + '"'), std::string::npos) << path;
        const auto again = parseVariation(text, path);
        ASSERT_TRUE(again) << again.error().message() << "\n" << text;
        EXPECT_EQ(*again, variation) << text;
    }
}

TEST(VariationFile, FilesAreWrittenAndRead) {
    const support::TemporaryDir dir;
    Variation variation;
    variation.width = 0.5;
    ASSERT_TRUE(transform::writeVariationFile(variation, dir / "v.json"));
    EXPECT_EQ(transform::readVariationFile(dir / "v.json").value(), variation);
    const auto missing = transform::readVariationFile(dir / "none.json");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().where, (dir / "none.json").string());
}

}  // namespace
