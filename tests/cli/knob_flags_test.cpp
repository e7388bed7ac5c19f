// SPDX-License-Identifier: GPL-3.0-or-later
// Every knob has a flag that takes exactly its domain.
#include <gtest/gtest.h>

#include "support/knob_changes.h"
#include "variation_flags.h"

namespace {

using support::knobChanges;
using types::Variation;

struct FlagOfKnob {
    const char* path;
    const char* flag;  ///< "%" stands for the value
};

constexpr FlagOfKnob kFlags[] = {{"rewrite.fold_constants", "--fold-constants"},
                                 {"rewrite.inline_composites", "--inline-composites"},
                                 {"rewrite.select_v2", "--select-v2"},
                                 {"rewrite.dense_matmul", "--dense-matmul"},
                                 {"rewrite.per_tensor_dense", "--per-tensor-dense"},
                                 {"rewrite.drop_signatures", "--drop-signatures"},
                                 {"input_size", "--input-size %"},
                                 {"width", "--width %"},
                                 {"channel_multiple", "--round %"},
                                 {"prune.channels", "--prune %"},
                                 {"prune.weights", "--zero-weights %"},
                                 {"prune.measure", "--prune-measure %"},
                                 {"prune.scope", "--prune-scope %"},
                                 {"prune.recover", "--recover=%"},
                                 {"prune.schedule", "--prune-schedule %"},
                                 {"quantize.precision", "--quantize %"},
                                 {"quantize.per_channel", "--quantize int8-per-tensor"},
                                 {"quantize.ranges", "--ranges %"},
                                 {"quantize.percentile", "--percentile %"},
                                 {"quantize.equalize", "--equalize=%"},
                                 {"quantize.correct_bias", "--correct-bias=%"},
                                 {"quantize.reconstruct", "--reconstruct=%"},
                                 {"quantize.flash_budget", "--flash-budget %"},
                                 {"quantize.latency_budget_us", "--latency-budget %us"},
                                 {"quantize.input_type", "--input-type %"},
                                 {"quantize.output_type", "--output-type %"},
                                 {"compress.method", "--compress-weights %"},
                                 {"compress.cluster_bits", "--cluster-weights %"},
                                 {"train.seconds", "--train %s"},
                                 {"train.epochs", "--train %ep"},
                                 {"train.seed", "--train-seed %"},
                                 {"train.augment", "--augment %"},
                                 {"train.flip", "--flip=%"},
                                 {"schedule.sram", "--sram %"},
                                 {"schedule.row", "--schedule %"},
                                 {"schedule.feed_rows", "--feed-rows"},
                                 {"layers.3.width", "--layer 3:width=%"},
                                 {"layers.3.prune_channels", "--layer 3:prune=%"},
                                 {"layers.3.prune_weights", "--layer 3:zero=%"},
                                 {"layers.3.precision", "--layer 3:%"},
                                 {"layers.3.compression", "--layer 3:compress=%"},
                                 {"layers.3.drop_block", "--drop-block 3"}};

/// The flags that set a knob; empty where none is known.
std::string flagsFor(const std::string& path, const std::string& value) {
    for (const FlagOfKnob& known : kFlags) {
        std::string flag = known.flag;
        if (known.path != path) continue;
        if (const size_t place = flag.find('%'); place != std::string::npos)
            flag.replace(place, 1, value);
        return flag;
    }
    return {};
}

/// Nothing where the flags are refused.
std::optional<Variation> parsed(const std::string& flags) {
    CLI::App command;
    app::VariationFlags variation;
    variation.addTo(command);
    try {
        command.parse(flags);
    } catch (const CLI::ParseError&) {
        return std::nullopt;
    }
    return variation.read().value();
}

TEST(KnobFlags, EveryKnobHasAFlagThatTakesItsValues) {
    for (const auto& [path, changed] : knobChanges({})) {
        const std::string value = support::knobTexts(changed).at(path);
        const std::string flags = flagsFor(path, value);
        ASSERT_FALSE(flags.empty()) << "the knob " << path << " needs a flag: add one in "
                                    << "app/cli/variation_flags.cpp, and its row in "
                                    << "tests/cli/knob_flags_test.cpp";
        const auto read = parsed(flags);
        ASSERT_TRUE(read) << flags << " is refused, see app/cli/variation_flags.cpp";
        EXPECT_EQ(support::knobTexts(*read).at(path), value) << flags;
    }
}

// Numbers just outside the limits are usage errors.
TEST(KnobFlags, EveryFlagRefusesWhatIsOutside) {
    Variation variation;
    variation.layers[support::kChangedLayer];
    const auto visit = [](const std::string& path, const auto& value, const auto& domain) {
        if constexpr (std::is_same_v<decltype(domain), const types::Limits&>) {
            for (const double number : {domain.lowOpen ? domain.low : domain.low - 1,
                                        domain.highOpen ? domain.high : domain.high + 1}) {
                std::string text = support::textOf(number, domain);
                if constexpr (std::is_same_v<decltype(value),
                                             const std::optional<std::array<int32_t, 2>>&>)
                    text += "x" + text;
                EXPECT_FALSE(parsed(flagsFor(path, text))) << flagsFor(path, text);
            }
        } else if constexpr (!std::is_same_v<decltype(domain), const types::OnOff&>) {
            EXPECT_FALSE(parsed(flagsFor(path, "no-such-word"))) << path;
        }
    };
    types::visitKnobs(types::kVariationKnobs, variation, visit);
}

}  // namespace
