// SPDX-License-Identifier: GPL-3.0-or-later
// diff: two models or variations, matched layer by layer, and a verdict.

#include <filesystem>

#include "diff/compare_models.h"
#include "diff/diff_document.h"
#include "diff/diff_figures.h"
#include "document/save_document.h"
#include "evaluation_run.h"
#include "progress_line.h"
#include "report/diff_page.h"
#include "text_table.h"
#include "transform/document/variation_file.h"

namespace app {
namespace {

using namespace types;

struct DiffFlags {
    std::string baseline, candidate, model, page;
    EvaluationRun run;  ///< board, data and knobs of the candidate
};

bool isDocument(const std::string& path) {
    return std::filesystem::path(path).extension() == ".json";
}

/// One side: a model, or a variation of one.
struct SideSource {
    std::string model;     ///< path
    std::string document;  ///< path of the variation; empty: as it is
};

Result<SideSource> sourceOf(const std::string& named, const std::string& other,
                            const DiffFlags& flags) {
    if (!isDocument(named)) return SideSource{named, {}};
    if (!flags.model.empty()) return SideSource{flags.model, named};
    if (!other.empty() && !isDocument(other)) return SideSource{other, named};
    return fail("a variation needs its model", named, "name it with --of MODEL");
}

/// `knobs`: for a side without a document.
Result<Variation> variationOf(const SideSource& source, const Variation& knobs) {
    return source.document.empty() ? knobs : transform::readVariationFile(source.document);
}

std::string indexText(const std::vector<int32_t>& layers) {
    std::string text;
    for (const int32_t layer : layers)
        text += (text.empty() ? "" : "+") + std::to_string(layer);
    return text.empty() ? "-" : text;
}

std::string diffText(const ModelDiff& diff) {
    std::string text = "baseline:  " + diff.baseline.name + "\ncandidate: " + diff.candidate.name +
                       "\n\n" + diff.verdict.sentence + "\n";
    for (const std::string& line : diff.verdict.evidence)
        text += "  " + line + "\n";
    for (const std::string& line : diff.verdict.cannotSay)
        text += "  not known: " + line + "\n";
    TextTable totals({"", ">baseline", ">candidate", ">difference"});
    for (const DiffFigure& figure : diff.totals)
        totals.addRow(
            {diffQuantityWord(figure.quantity), diff::valueText(figure.quantity, figure.baseline),
             diff::valueText(figure.quantity, figure.candidate), diff::changeText(figure)});
    TextTable layers(
        {">A", ">B", "op", "match", ">MACs", ">bytes", ">latency A", ">latency B", "what differs"},
        60);
    for (const DiffLayer& layer : diff.layers) {
        const LayerMatch& match = layer.match;
        layers.addRow({indexText(match.baseline), indexText(match.candidate),
                       match.candidate.empty() ? layer.baseline.op : layer.candidate.op,
                       match.isMatched() ? matchKindName(match.kind) : "-",
                       grouped(layer.candidate.macs - layer.baseline.macs),
                       grouped(layer.candidate.weightBytes - layer.baseline.weightBytes),
                       timeText(layer.baseline.latencyUs), timeText(layer.candidate.latencyUs),
                       layer.why});
    }
    return text + "\n" + totals.text() + "\n" + layers.text();
}

/// Both sides with their variations.
struct Sides {
    SideSource first, second;
    Variation before, now;

    bool isOneModel() const {
        std::error_code problem;
        return first.model == second.model ||
               std::filesystem::equivalent(first.model, second.model, problem);
    }
    bool learn() const { return scoring::learnsFromData(before) || scoring::learnsFromData(now); }
};

Result<Sides> sidesOf(const DiffFlags& flags) {
    auto first = sourceOf(flags.baseline, flags.candidate, flags);
    if (!first) return tl::unexpected(first.error());
    // Without a candidate it is the baseline's model, varied by the flags.
    auto second = flags.candidate.empty() ? Result<SideSource>(SideSource{first->model, {}})
                                          : sourceOf(flags.candidate, flags.baseline, flags);
    if (!second) return tl::unexpected(second.error());
    const auto knobs = flags.run.knobs.read();
    if (!knobs) return tl::unexpected(knobs.error());
    if (flags.candidate.empty() && first->document.empty() && knobs->isIdentity())
        return fail("there is no candidate", flags.baseline,
                    "name a second model, a variation document, or a knob such as --width");
    if (!second->document.empty() && !knobs->isIdentity())
        return fail("the candidate is a variation document and knobs are set, too",
                    second->document, "use one of them");
    auto before = variationOf(*first, {}), now = variationOf(*second, *knobs);
    if (!before) return tl::unexpected(before.error());
    if (!now) return tl::unexpected(now.error());
    return Sides{std::move(*first), std::move(*second), std::move(*before), std::move(*now)};
}

Result<ModelDiffPtr> compareSides(DiffFlags& flags) {
    const auto sides = sidesOf(flags);
    if (!sides) return tl::unexpected(sides.error());
    flags.run.path = sides->first.model;
    auto input = flags.run.read();
    if (!input) return tl::unexpected(input.error());
    // Both are scored on the same samples, also where only one learns from others of them.
    if (sides->learn()) input->options.data.evaluation = scoring::EvaluationSamples::TestPart;
    const ModelFlags other{sides->second.model, flags.run.signature};
    const auto candidate = sides->isOneModel() ? Result<GraphPtr>(input->graph) : other.open();
    if (!candidate) return tl::unexpected(candidate.error());
    ProgressLine line;
    const Work work = line.work();
    const auto a = engine::evaluate(input->graph, sides->before, input->device, input->options,
                                    work.part(0, 0.45));
    if (!a) return tl::unexpected(a.error());
    const auto b = engine::evaluate(*candidate, sides->now, input->device, input->options,
                                    work.part(0.45, 0.9));
    if (!b) return tl::unexpected(b.error());
    return diff::compareModels({input->graph->name, *a}, {(*candidate)->name, *b},
                               sides->isOneModel(), work.part(0.9, 1));
}

Result<Output> diffModels(DiffFlags& flags) {
    const auto compared = compareSides(flags);
    if (!compared) return tl::unexpected(compared.error());
    const ModelDiff& diff = **compared;
    Json json = Json::parse(diff::documentText(diff));
    std::string text = diffText(diff);
    if (flags.page.empty()) return Output{std::move(json), std::move(text)};
    const auto written = document::saveDocument(report::diffPage(diff), flags.page);
    if (!written) return tl::unexpected(written.error());
    json["files"] = Json::array({flags.page});
    return Output{std::move(json), text + "\nwritten: " + flags.page + "\n"};
}

}  // namespace

void addDiff(CLI::App& app, Context& context) {
    auto flags = std::make_shared<DiffFlags>();
    CLI::App* command =
        addCommand(app, context, "diff", "Two models or variations, matched layer by layer",
                   [flags] { return diffModels(*flags); });
    command
        ->add_option("BASELINE", flags->baseline,
                     "Model, or a variation document (.json) of the other side's model")
        ->required();
    command->add_option("CANDIDATE", flags->candidate,
                        "Model or variation document; left out: the baseline's model, varied by "
                        "the flags below");
    command->add_option("--of", flags->model, "Model of the variation documents");
    command->add_option("-o,--output", flags->page,
                        "Also write the comparison as a page: .html or .pdf");
    command->add_option("--signature", flags->run.signature,
                        "Name of the signature of both models; default: the first");
    flags->run.knobs.addTo(*command);
    command->add_option("--device", flags->run.device, "Device id or device file");
    flags->run.reserves.addTo(*command);
    flags->run.data.addTo(*command);
    flags->run.addSamplesTo(*command);
    flags->run.addTrainingTo(*command);
}

}  // namespace app
