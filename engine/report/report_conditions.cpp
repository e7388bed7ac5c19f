// SPDX-License-Identifier: GPL-3.0-or-later
// What the model is, under which conditions its figures hold, what is not known, and how to repeat
// it.
#include <algorithm>

#include "diff/diff_figures.h"
#include "report/drawings.h"
#include "report/report_parts.h"
#include "types/latency_basis.h"
#include "types/number_text.h"
#include "types/target.h"

namespace report {
namespace {

using namespace types;
using document::Document;
using document::Heading;
using document::Paragraph;
using document::Table;

/// A table of names and values without a head; empty values are left out.
class FactTable {
public:
    void add(const std::string& name, const std::string& value) {
        if (!value.empty()) m_table.rows.push_back({name, value});
    }
    Table table() && { return std::move(m_table); }

private:
    Table m_table{{{""}, {""}}, {}};
};

std::string portsText(const Graph& graph, const std::vector<int32_t>& ports) {
    std::string text;
    for (const int32_t port : ports) {
        const Tensor& tensor = graph.tensor(port);
        text += (text.empty() ? "" : "; ") + tensorLabel(graph, port) + " " +
                shapeText(tensor.shape) + " " + dataTypeName(tensor.type);
    }
    return text;
}

std::string clockText(const DeviceProfile& board) {
    return digits(board.clockMhz, 4) + " MHz" +
           (board.clockSource.empty() ? "" : " (" + board.clockSource + ")");
}

std::string kernelsText(const DeviceProfile& board) {
    const auto optimised = optimisedKernelsOf(board.core);
    return board.runtime + (board.runtimeVersion.empty() ? "" : ", " + board.runtimeVersion) +
           (optimised.empty() ? "; optimised kernels for the core: none"
                              : "; optimised kernels for the core: " + std::string(optimised));
}

std::string reservedText(const std::vector<ReservedMemory>& lines) {
    std::string text;
    for (const ReservedMemory& line : lines)
        text += (text.empty() ? "" : "; ") + line.what + " " + grouped(line.bytes) + " bytes" +
                (line.isUsers ? " (set by the user)" : "");
    return text;
}

/// Layers that cannot run, or have no cost figure, each reason once.
void addLayerGaps(std::vector<std::string>& lines, const Evaluation& e) {
    constexpr size_t kMaxNamed = 8;
    std::vector<std::pair<std::string, std::string>> gaps;  // reason, layers
    const auto note = [&gaps](const std::string& reason, int32_t layer) {
        auto found = std::find_if(gaps.begin(), gaps.end(),
                                  [&](const auto& gap) { return gap.first == reason; });
        if (found == gaps.end()) found = gaps.insert(gaps.end(), {reason, {}});
        found->second += (found->second.empty() ? "#" : " #") + std::to_string(layer);
    };
    for (const LayerEvaluation& layer : e.layers) {
        if (!layer.supported) note("Cannot run: " + layer.unsupportedReason, layer.index);
        if (e.device && !layer.latencyUs) note("No time: " + layer.costSource, layer.index);
    }
    for (size_t i = 0; i < gaps.size() && i < kMaxNamed; ++i)
        lines.push_back(gaps[i].first + " (" + gaps[i].second + ").");
    if (gaps.size() > kMaxNamed)
        lines.push_back(grouped(static_cast<int64_t>(gaps.size() - kMaxNamed)) +
                        " more reasons of layers.");
}

std::vector<std::string> unknownLines(const Evaluation& e) {
    std::vector<std::string> lines;
    for (const DiffFigure& figure : diff::compareFigures(e, e))
        if (!figure.candidate.value)
            lines.push_back(std::string(diffQuantityWord(figure.quantity)) + ": " +
                            figure.candidate.reason + ".");
    if (!e.device) lines.push_back("Whether it fits: no board is chosen.");
    for (const auto& [memory, budget] : {std::pair{"Flash", &e.flash}, {"SRAM", &e.sram}})
        if (*budget && !(*budget)->isKnown())
            lines.push_back(std::string(memory) + ": " + (*budget)->unknownReason + ".");
    if (!e.notRunnableReason.empty())
        lines.push_back("It was not run here: " + e.notRunnableReason + ".");
    if (e.device && e.totals.latencyUs && measuredLayers(*e.device) == 0)
        lines.push_back(
            "Whether the predicted time holds on this board: no layers of it were "
            "measured; ten measured layers and `netcaliper-cli fit` would tell.");
    addLayerGaps(lines, e);
    return lines;
}

}  // namespace

void addIdentity(Document& page, const ReportInput& input) {
    const Evaluation& e = *input.reported;
    FactTable facts;
    facts.add("Model", input.name);
    facts.add("File", input.subject.model);
    facts.add("SHA-256 of the file", input.fileSha256);
    facts.add("SHA-256 of the reported model, written as .tflite", e.modelSha256);
    facts.add("Its size", grouped(e.totals.modelBytes) + " bytes");
    facts.add("Layers", grouped(static_cast<int64_t>(e.layers.size())));
    facts.add("Inputs", portsText(*e.graph, e.graph->inputs));
    facts.add("Outputs", portsText(*e.graph, e.graph->outputs));
    facts.add("Variation", e.variation.label());
    page.add(Heading{"The model"});
    page.add(std::move(facts).table());
    page.addList("What the variation changed", e.changes);
}

void addConditions(Document& page, const ReportInput& input) {
    const Evaluation& e = *input.reported;
    FactTable facts;
    if (e.device) {
        const DeviceProfile& board = *e.device;
        facts.add("Board", board.name + " (" + board.id + "), " + board.soc + ", " + board.core +
                               (isEmulated(board) ? ", emulated" : ""));
        facts.add("Clock", clockText(board));
        facts.add("Runtime and kernels", kernelsText(board));
        facts.add("Flash, SRAM",
                  grouped(board.flashBytes) + ", " + grouped(board.sramBytes) + " bytes");
        facts.add("Flash kept for", reservedText(board.reservedFlash));
        facts.add("SRAM kept for", reservedText(board.reservedSram));
        facts.add("Times come from", basisText(board));
        facts.add("Bands of its rows", bandsText(board));
        facts.add("Band of a whole model", board.modelBand.source);
        facts.add("Power comes from", board.powerSource);
    } else {
        facts.add("Board", "none was chosen");
    }
    facts.add("Arena planned by", plannerName(e));
    facts.add("Scored on", e.quality ? e.quality->source : std::string("no data"));
    facts.add("Learned from", e.calibrationSource);
    facts.add("Compared with the original on", e.samplesSource);
    facts.add("Program", input.version);
    page.add(Heading{"Conditions"});
    page.add(std::move(facts).table());
}

void addUnknown(Document& page, const ReportInput& input) {
    auto lines = unknownLines(*input.reported);
    if (lines.empty())
        lines.push_back("Nothing: every figure above is known, predicted ones within their bands.");
    page.addList("What is not known", lines);
}

void addCommands(Document& page, const ReportInput& input) {
    document::Commands commands{variationLines(input.subject)};
    commands.lines.push_back(commandLine("report", input.subject, "-o report.html"));
    commands.lines.push_back(commandLine("evaluate", input.subject, "--json"));
    commands.lines.push_back(
        commandLine("export", input.subject, "--format tflite -o reported.tflite", true));
    commands.lines.push_back("sha256sum reported.tflite");
    page.add(Heading{"How to repeat it"});
    page.add(std::move(commands));
}

void addDefinitions(Document& page) {
    page.add(Heading{"Definitions"});
    page.add(
        Table{{{""}, {""}},
              {{"MAC", "One multiplication with its accumulation; taps in the padding count."},
               {"Ops", "2 x MACs + all other arithmetic; requantization does not count."},
               {"Flash",
                "The .tflite file as it is written, beside it the code of the runtime and what "
                "else the profile reserves."},
               {"Peak activation", "The largest sum of tensors and scratch alive at one operator."},
               {"Arena",
                "The block in which the planner lays tensors and scratch. Arena used: with the "
                "persistent part of TensorFlow Lite Micro, which also holds its structures."},
               {"90 % band",
                "The interval that holds the measured value in nine of ten cases, from the "
                "errors of the profile on layers that it was not fitted to."},
               {"95 % interval",
                "Of what the samples say: Wilson for shares, bootstrap for other "
                "figures; Newcombe for differences."},
               {"SQNR", "Power of the original's outputs over that of the difference, in decibel."},
               {"n", "Number of samples that were scored."}}});
}

}  // namespace report
