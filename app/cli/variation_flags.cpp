// SPDX-License-Identifier: GPL-3.0-or-later
#include "variation_flags.h"

#include <charconv>

#include "transform/document/variation_file.h"
#include "types/knob_domain.h"

namespace app {

using namespace types;

namespace {

/// The knobs that "width", "prune" and "zero" of --layer set.
constexpr std::array kLayerFlags{Knob{"width", &LayerKnobs::width, kWidthLimits},
                                 Knob{"prune", &LayerKnobs::pruneChannels, kShareLimits},
                                 Knob{"zero", &LayerKnobs::pruneWeights, kShareLimits}};

constexpr std::string_view kCompressFlag = "compress=";

template <typename Number>
bool parseNumber(const std::string& text, Number& number) {
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end;
}

[[noreturn]] void refuse(const std::string& flag, const std::string& text,
                         const std::string& form) {
    throw CLI::ValidationError(flag, "'" + text + "' is not " + form);
}

/// "HxW".
std::array<int32_t, 2> parseSize(const std::string& text) {
    const size_t cross = text.find('x');
    std::array<int32_t, 2> size{};
    const bool sound = cross != std::string::npos && parseNumber(text.substr(0, cross), size[0]) &&
                       parseNumber(text.substr(cross + 1), size[1]) &&
                       isLegal(size, kInputSizeLimits);
    if (!sound) refuse("--input-size", text, "HEIGHTxWIDTH");
    return size;
}

/// "90s", "5m", "20ep".
void setTraining(TrainKnobs& knobs, const std::string& text) {
    const size_t unit =
        std::min(text.find_first_not_of("0123456789.eE+-"), text.find_last_of("0123456789.") + 1);
    const std::string count = text.substr(0, unit);
    const std::string name = text.substr(count.size());
    double seconds = 0;
    const bool isTime = (name == "s" || name == "m") && parseNumber(count, seconds);
    seconds *= name == "m" ? 60 : 1;
    if (isTime && seconds > 0 && kTrainSecondsLimits.contain(seconds))
        knobs.seconds = seconds;
    else if (int32_t epochs = 0; name == "ep" && parseNumber(count, epochs) && epochs > 0 &&
                                 kTrainEpochsLimits.contain(epochs))
        knobs.epochs = epochs;
    else
        refuse("--train", text, "a time (90s, 5m) or a number of epochs (20ep)");
}

/// "90ms", "800us", "1.5s".
double parseLatency(const std::string& text) {
    const size_t unit =
        std::min(text.find_first_not_of("0123456789.eE+-"), text.find_last_of("0123456789.") + 1);
    constexpr Words<double, 3> kUnits = {{{"us", 1}, {"ms", 1e3}, {"s", 1e6}}};
    const auto factor = choiceOf(kUnits, text.substr(unit));
    double value = 0;
    if (!factor || !parseNumber(text.substr(0, unit), value) ||
        !kLatencyBudgetLimits.contain(value * *factor))
        refuse("--latency-budget", text, "a time (800us, 90ms)");
    return value * *factor;
}

using LayerEdit = std::function<void(LayerKnobs&)>;

/// "int16x8", "width=0.5"; null for anything else.
LayerEdit parseKnob(const std::string& text) {
    const size_t equals = text.find('=');
    if (text.starts_with(kCompressFlag)) {
        const auto method = choiceOf(kCompressionWords, text.substr(kCompressFlag.size()));
        if (!method) return nullptr;
        return [method](LayerKnobs& knobs) { knobs.compression = method; };
    }
    if (equals == std::string::npos) {
        const auto precision = choiceOf(kPrecisionWords, text);
        if (!precision) return nullptr;
        return [precision](LayerKnobs& knobs) { knobs.precision = precision; };
    }
    double value = 0;
    if (!parseNumber(text.substr(equals + 1), value)) return nullptr;
    for (const auto& knob : kLayerFlags)
        if (text.substr(0, equals) == knob.key && knob.domain.contain(value))
            return [member = knob.member, value](LayerKnobs& knobs) { knobs.*member = value; };
    return nullptr;
}

/// "3:int16x8": one setting of one layer.
std::pair<int32_t, LayerEdit> parseLayer(const std::string& text) {
    int32_t layer = 0;
    const size_t colon = text.find(':');
    const bool isLayer = colon != std::string::npos && parseNumber(text.substr(0, colon), layer);
    LayerEdit edit = isLayer && layer >= 0 ? parseKnob(text.substr(colon + 1)) : nullptr;
    if (!edit)
        refuse("--layer", text,
               "LAYER:KNOB with KNOB one of " + listOf(kPrecisionWords) +
                   ", width=W, prune=R, zero=R or compress=METHOD with METHOD one of " +
                   listOf(kCompressionWords));
    return {layer, std::move(edit)};
}

}  // namespace

CLI::Validator within(const Limits& limits, const char* type) {
    const auto check = [limits](std::string& text) {
        double value = 0;
        const bool isNumber = CLI::detail::lexical_cast(text, value);
        return isNumber && limits.contain(value)
                   ? std::string()
                   : "Value " + text + " is outside " + limits.interval();
    };
    return {check, type + (" in " + limits.interval())};
}

template <typename Value, typename Change>
CLI::Option* VariationFlags::addValue(CLI::App& command, const std::string& name,
                                      const std::string& help, Change change) {
    return command.add_option_function<Value>(
        name,
        [this, change](const Value& value) {
            m_edits.push_back([change, value](Variation& v) { change(v, value); });
        },
        help);
}

template <typename Words, typename Change>
void VariationFlags::addWord(CLI::App& command, const std::string& name, const std::string& help,
                             const Words& words, Change change) {
    std::vector<std::string> known;
    for (const auto& [word, choice] : words)
        known.emplace_back(word);
    addValue<std::string>(command, name, help,
                          [change, words](Variation& v, const std::string& word) {
                              change(v, *choiceOf(words, word));
                          })
        ->check(CLI::IsMember(known));
}

template <typename Words, typename Change>
void VariationFlags::addWordOrAuto(CLI::App& command, const std::string& name,
                                   const std::string& help, const Words& words, Change change) {
    std::vector<std::string> known{"auto"};
    for (const auto& [word, choice] : words)
        known.emplace_back(word);
    addValue<std::string>(command, name, help,
                          [change, words](Variation& v, const std::string& word) {
                              change(v, choiceOf(words, word));
                          })
        ->check(CLI::IsMember(known));
}

void VariationFlags::addTriState(CLI::App& command, const std::string& name,
                                 const std::string& help,
                                 std::optional<bool>& (*knob)(Variation&)) {
    command.add_flag_function(
        "--" + name + ",!--no-" + name,
        [this, knob](int64_t count) {
            m_edits.push_back([knob, isOn = count > 0](Variation& v) { knob(v) = isOn; });
        },
        help);
}

void VariationFlags::addSwitch(CLI::App& command, const std::string& name, const std::string& help,
                               void (*change)(Variation&)) {
    command.add_flag_callback(
        name, [this, change] { m_edits.emplace_back(change); }, help);
}

void VariationFlags::addTo(CLI::App& command) {
    command.add_option("--variation", m_document,
                       "A variation as JSON; other flags change what it says");
    addValue<std::string>(
        command, "--input-size", "Height and width of the input image, HxW",
        [](Variation& v, const std::string& text) { v.inputSize = parseSize(text); })
        ->check([](const std::string& text) {
            parseSize(text);
            return std::string();
        });
    addRewriteFlags(command);
    addChannelFlags(command);
    addQuantizeFlags(command);
    addCompressFlags(command);
    addTrainFlags(command);
    addScheduleFlags(command);
    addLayerFlag(command);
}

void VariationFlags::addRewriteFlags(CLI::App& command) {
    addSwitch(command, "--fold-constants", "Turn weights in float16 or in codes into floats",
              [](Variation& v) { v.rewrite.foldConstants = true; });
    addSwitch(command, "--inline-composites", "Replace composites by their decompositions",
              [](Variation& v) { v.rewrite.inlineComposites = true; });
    addSwitch(command, "--select-v2", "Replace SELECT by SELECT_V2",
              [](Variation& v) { v.rewrite.selectV2 = true; });
    addSwitch(command, "--dense-matmul",
              "Replace BATCH_MATMUL with a constant matrix by FULLY_CONNECTED",
              [](Variation& v) { v.rewrite.denseMatMul = true; });
    addSwitch(command, "--per-tensor-dense",
              "Round the weights of FULLY_CONNECTED to one scale per tensor",
              [](Variation& v) { v.rewrite.perTensorDense = true; });
    addSwitch(command, "--drop-signatures",
              "Keep the explored signature alone, with the subgraphs and data that it uses",
              [](Variation& v) { v.rewrite.dropSignatures = true; });
}

void VariationFlags::addChannelFlags(CLI::App& command) {
    const Variation usual;
    addValue<double>(command, "--width", "Share of channels to keep, 1 keeps all",
                     [](Variation& v, double width) { v.width = width; })
        ->check(within(kWidthLimits, "FLOAT"));
    addValue<int32_t>(command, "--round",
                      "Channel counts become multiples of this, " +
                          std::to_string(usual.channelMultiple) + " if not said",
                      [](Variation& v, int32_t multiple) { v.channelMultiple = multiple; })
        ->check(within(kChannelMultipleLimits, "INT"));
    addValue<double>(command, "--prune", "Share of channels to remove",
                     [](Variation& v, double share) { v.prune.channels = share; })
        ->check(within(kShareLimits, "FLOAT"));
    addWordOrAuto(command, "--prune-measure",
                  "Which channels matter least; auto, if not said: what calibration data show, l1 "
                  "without them",
                  kMeasureWords,
                  [](Variation& v, std::optional<ImportanceMeasure> m) { v.prune.measure = m; });
    addWordOrAuto(command, "--prune-scope",
                  "The same share of every layer, or the least of all layers; auto, if not said: "
                  "what calibration data show, per-layer without them",
                  kScopeWords,
                  [](Variation& v, std::optional<PruneScope> scope) { v.prune.scope = scope; });
    addTriState(command, "recover",
                "Solve the weights behind removed channels again (no labels); done where "
                "calibration data are there, if not said",
                [](Variation& v) -> std::optional<bool>& { return v.prune.recover; });
    addWordOrAuto(command, "--prune-schedule",
                  "Whether training removes channels at once or in rounds with training between "
                  "them (gradual); auto, if not said: once",
                  kScheduleWords,
                  [](Variation& v, std::optional<PruneSchedule> s) { v.prune.schedule = s; });
    command
        .add_option_function<std::vector<int32_t>>(
            "--drop-block",
            [this](const std::vector<int32_t>& blocks) {
                for (const int32_t block : blocks)
                    m_edits.push_back([block](Variation& v) { v.layers[block].dropBlock = true; });
            },
            "Leave out the block that ends at operator K (inspect lists the blocks) and solve the "
            "layers around it again; may be repeated")
        ->allow_extra_args(false)
        ->check(CLI::NonNegativeNumber)
        ->type_name("K");
    addValue<double>(command, "--zero-weights",
                     "Share of each layer's weights to set to zero; only the compressed size falls",
                     [](Variation& v, double share) { v.prune.weights = share; })
        ->check(within(kShareLimits, "FLOAT"));
}

void VariationFlags::addQuantizeFlags(CLI::App& command) {
    const QuantizeKnobs usual;
    addWord(command, "--quantize",
            "What the model computes in; auto: each layer in what calibration data show, within "
            "the budgets",
            kSchemeWords, [](Variation& v, const Scheme& scheme) {
                v.quantize.precision = scheme.precision;
                v.quantize.perChannel = scheme.perChannel;
            });
    addWord(command, "--ranges",
            std::string("How ranges of activations are chosen; ") +
                wordOf(kRangeWords, usual.ranges) + " if not said",
            kRangeWords, [](Variation& v, RangeMethod method) { v.quantize.ranges = method; });
    addValue<double>(command, "--percentile", "Ranges that hold this share of values, in percent",
                     [](Variation& v, double percentile) {
                         v.quantize.ranges = RangeMethod::Percentile;
                         v.quantize.percentile = percentile;
                     })
        ->check(within(kPercentileLimits, "FLOAT"));
    const std::string trial = "; tried on calibration data, if not said";
    addTriState(command, "equalize", "Equalize the ranges of weights across layers first" + trial,
                [](Variation& v) -> std::optional<bool>& { return v.quantize.equalize; });
    addTriState(command, "correct-bias", "Take the mean error of rounding from the biases" + trial,
                [](Variation& v) -> std::optional<bool>& { return v.quantize.correctBias; });
    addTriState(command, "reconstruct", "Round weights by what the layer's output loses" + trial,
                [](Variation& v) -> std::optional<bool>& { return v.quantize.reconstruct; });
    addValue<int32_t>(command, "--flash-budget",
                      "Bytes of the model file that --quantize auto is to keep within; the board's "
                      "flash, if not said",
                      [](Variation& v, int32_t bytes) { v.quantize.flashBudget = bytes; })
        ->check(within(kFlashBudgetLimits, "INT"));
    addValue<std::string>(
        command, "--latency-budget",
        "Predicted latency on the board that --quantize auto is to keep within: 800us, 90ms",
        [](Variation& v, const std::string& text) {
            v.quantize.latencyBudgetUs = parseLatency(text);
        })
        ->check([](const std::string& text) {
            parseLatency(text);
            return std::string();
        })
        ->type_name("TIME");
    addWord(command, "--input-type", "Type of the model's inputs", kPortTypeWords,
            [](Variation& v, DataType type) { v.quantize.inputType = type; });
    addWord(command, "--output-type", "Type of the model's outputs", kPortTypeWords,
            [](Variation& v, DataType type) { v.quantize.outputType = type; });
}

void VariationFlags::addCompressFlags(CLI::App& command) {
    addWord(
        command, "--compress-weights",
        "Store weights encoded for TFLM's operator DECODE where that is smaller: smallest tries "
        "lut, huffman and pruning; none decodes what a file holds",
        kCompressionWords, [](Variation& v, Compression method) { v.compress.method = method; });
    addValue<int32_t>(command, "--cluster-weights",
                      "Let each channel's weights take 2^BITS values at most; changes the model",
                      [](Variation& v, int32_t bits) { v.compress.clusterBits = bits; })
        ->check(within(kClusterBitsLimits, "INT"));
}

void VariationFlags::addTrainFlags(CLI::App& command) {
    addValue<std::string>(
        command, "--train",
        "Train on the calibration data, the original first and then what is left of it. A time "
        "(90s, 5m) is that of all: half for the original, half for the variation with the choice "
        "of its channels; a number of epochs (20ep) is that of each. The last quarter of the "
        "variation's simulates the rounding of a quantized model",
        [](Variation& v, const std::string& text) { setTraining(v.train, text); })
        ->check([](const std::string& text) {
            TrainKnobs knobs;
            setTraining(knobs, text);
            return std::string();
        })
        ->type_name("T");
    addValue<int32_t>(command, "--train-seed", "Seed of the training's order and variations",
                      [](Variation& v, int32_t seed) { v.train.seed = seed; })
        ->check(within(kTrainSeedLimits, "INT"));
    addWord(command, "--augment",
            "How training varies samples; auto, if not said: images by their pixels, features by "
            "time",
            kAugmentationWords,
            [](Variation& v, Augmentation augment) { v.train.augment = augment; });
    addTriState(command, "flip", "Training mirrors images; in colour only, if not said",
                [](Variation& v) -> std::optional<bool>& { return v.train.flip; });
}

void VariationFlags::addScheduleFlags(CLI::App& command) {
    addValue<int32_t>(
        command, "--sram",
        "Under our own runtime, run in bands of rows: the fastest schedule whose arena is at most "
        "BYTES; without times of the board, the one with the least MACs",
        [](Variation& v, int32_t bytes) {
            v.schedule.sram = bytes;
            v.schedule.row.reset();
        })
        ->check(within(kScheduleSramLimits, "BYTES"));
    addValue<int32_t>(command, "--schedule",
                      "The same with row K that the command schedule shows for the same board",
                      [](Variation& v, int32_t row) { v.schedule.row = row; })
        ->check(within(kScheduleRowLimits, "K"));
    addSwitch(command, "--feed-rows",
              "With --sram: the caller may give the input row by row, outside of the arena",
              [](Variation& v) { v.schedule.feedRows = true; });
}

void VariationFlags::addLayerFlag(CLI::App& command) {
    command
        .add_option_function<std::vector<std::string>>(
            "--layer",
            [this](const std::vector<std::string>& settings) {
                for (const std::string& text : settings)
                    m_edits.push_back([setting = parseLayer(text)](Variation& v) {
                        setting.second(v.layers[setting.first]);
                    });
            },
            "A knob of one layer, by its index in inspect: 3:int16x8, 3:width=0.5, 3:prune=0.25, "
            "3:zero=0.5 or 3:compress=lut; may be repeated")
        ->allow_extra_args(false)
        ->type_name("LAYER:KNOB");
}

Result<Variation> VariationFlags::read() const {
    Variation variation;
    if (!m_document.empty()) {
        auto document = transform::readVariationFile(m_document);
        if (!document) return document;
        variation = std::move(*document);
    }
    for (const Edit& edit : m_edits)
        edit(variation);
    return variation;
}

}  // namespace app
