// SPDX-License-Identifier: GPL-3.0-or-later
// diverge: compares two models that should be equal, layer by layer.

#include "calibration/model_inputs.h"
#include "command_context.h"
#include "dataset_flags.h"
#include "diagnosis/layer_errors.h"
#include "json_output.h"
#include "progress_line.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct DivergeFlags {
    std::string first, second;
    DatasetFlags data;
    int32_t samples = 32;
    double decibels = 20;
};

struct Divergence {
    GraphPtr first, second;
    std::vector<diagnosis::LayerPair> pairs;
    std::vector<LayerError> errors;
    int32_t samples = 0;
    std::string source;
    std::optional<size_t> firstDifferent, firstBelow;  ///< indices into `pairs`
};

Json pairJson(const Divergence& d, size_t p) {
    Json json = {{"op_a", d.pairs[p].original},
                 {"op_b", d.pairs[p].varied},
                 {"op", d.first->ops[d.pairs[p].original].name()}};
    json.update(toJson(d.errors[p]));
    return json;
}

Json divergenceJson(const Divergence& d) {
    Json layers = Json::array();
    for (size_t p = 0; p < d.pairs.size(); ++p)
        layers.push_back(pairJson(d, p));
    const auto placed = [&](const std::optional<size_t>& p) {
        return p ? pairJson(d, *p) : Json();
    };
    return {{"samples", d.samples},
            {"samples_source", d.source},
            {"first_different", placed(d.firstDifferent)},
            {"first_divergent", placed(d.firstBelow)},
            {"layers", std::move(layers)}};
}

std::string number(const std::optional<double>& value, const char* format) {
    if (!value) return "-";
    char text[32];
    std::snprintf(text, sizeof text, format, *value);
    return text;
}

std::string decibelText(const ErrorSize& size) {
    return size.differs ? number(size.sqnrDb, "%.1f") : "equal";
}

std::string placeText(const Divergence& d, const std::optional<size_t>& pair) {
    if (!pair) return "none";
    return opLabel(*d.first, d.pairs[*pair].original) + " of the first, " +
           opLabel(*d.second, d.pairs[*pair].varied) + " of the second";
}

std::string divergenceText(const Divergence& d, double decibels) {
    std::string text = "first layer that differs: " + placeText(d, d.firstDifferent) +
                       "\nfirst layer below " + number(decibels, "%.3g") +
                       " dB: " + placeText(d, d.firstBelow) + "\n(" + d.source + ")\n";
    TextTable table(
        {">#", "op", ">SQNR dB", ">alone dB", ">mean", ">max", ">mean LSB", ">max LSB"});
    for (size_t p = 0; p < d.pairs.size(); ++p) {
        const ErrorSize& size = d.errors[p].cumulative;
        const auto& isolated = d.errors[p].isolated;
        table.addRow({std::to_string(d.pairs[p].original), d.first->ops[d.pairs[p].original].name(),
                      decibelText(size), isolated ? decibelText(*isolated) : "-",
                      number(size.meanDifference, "%.3g"), number(size.greatestDifference, "%.3g"),
                      number(size.meanLsb, "%.2f"), number(size.greatestLsb, "%.1f")});
    }
    return text + table.text();
}

Result<calibration::RealInputsPtr> inputsFor(const Graph& graph, const DivergeFlags& flags) {
    const auto use = flags.data.read();
    if (!use) return tl::unexpected(use.error());
    const auto count = static_cast<size_t>(flags.samples);
    if (!use->dataset) return calibration::randomInputs(graph, flags.samples, 1);
    return scoring::realInputs(scoring::thinned(*use->dataset, count, 1), graph);
}

void findFirst(Divergence& d, double decibels) {
    for (size_t p = 0; p < d.errors.size(); ++p) {
        const ErrorSize& size = d.errors[p].cumulative;
        if (!size.differs) continue;
        if (!d.firstDifferent) d.firstDifferent = p;
        // Where the first model's output is all zeros there is no ratio, and any difference counts.
        if (!d.firstBelow && size.sqnrDb.value_or(-1e9) < decibels) d.firstBelow = p;
    }
}

Result<Output> diverge(const DivergeFlags& flags) {
    Divergence d;
    for (auto [path, graph] : {std::pair{&flags.first, &d.first}, {&flags.second, &d.second}}) {
        auto opened = openModel(*path);
        if (!opened) return tl::unexpected(opened.error());
        *graph = std::move(*opened);
    }
    const auto inputs = inputsFor(*d.first, flags);
    if (!inputs) return tl::unexpected(inputs.error());
    d.pairs = diagnosis::pairsByLikeness(*d.first, *d.second);
    if (d.pairs.empty())
        return fail("the models have no layer in common", flags.second,
                    "compare two versions of one model");
    ProgressLine line;
    auto errors =
        diagnosis::measureLayerErrors(*d.first, *d.second, d.pairs, **inputs, {}, line.work());
    if (!errors) return tl::unexpected(errors.error());
    d.errors = std::move(*errors);
    d.samples = static_cast<int32_t>((*inputs)->samples.size());
    d.source = (*inputs)->source;
    findFirst(d, flags.decibels);
    return Output{divergenceJson(d), divergenceText(d, flags.decibels)};
}

}  // namespace

void addDiverge(CLI::App& app, Context& context) {
    auto flags = std::make_shared<DivergeFlags>();
    CLI::App* command =
        addCommand(app, context, "diverge", "Find the first layer in which two models differ",
                   [flags] { return diverge(*flags); });
    command->add_option("A", flags->first, "The .tflite file that is right")->required();
    command->add_option("B", flags->second, "The .tflite file that is compared")->required();
    flags->data.addEvaluationTo(*command);
    command->add_option("--samples", flags->samples, "Samples of the dataset, or random inputs")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--below", flags->decibels, "SQNR in dB under which a layer counts as lost")
        ->capture_default_str();
}

}  // namespace app
