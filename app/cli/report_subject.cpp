// SPDX-License-Identifier: GPL-3.0-or-later
#include "report_subject.h"

#include <filesystem>

#include "bytes/sha256.h"
#include "cost/device_file.h"
#include "store/mark_table.h"
#include "store/workspace_table.h"
#include "stored_model.h"
#include "transform/document/variation_file.h"

namespace app {
namespace {

using namespace types;

std::string hashOf(const Graph& graph) {
    return graph.original.empty() ? std::string() : bytes::sha256(graph.original.view());
}

/// Variations of the flags.
Result<void> addDocuments(ReportSubject& subject, const std::vector<std::string>& documents) {
    for (const std::string& path : documents) {
        const auto variation = transform::readVariationFile(path);
        if (!variation) return tl::unexpected(variation.error());
        subject.tried.push_back({variation->label(), variation->normalized(), nullptr});
    }
    return {};
}

/// A project with what its window showed.
struct OpenedProject {
    StoredModel model;
    store::StoredWorkspace shown;
    std::vector<store::MarkEntry> marks;
};

Result<OpenedProject> openProject(const std::string& path) {
    const auto file = store::ProjectFile::open(path);
    if (!file) return tl::unexpected(file.error());
    auto model = readStoredModel(*file);
    if (!model) return tl::unexpected(model.error());
    if (!model->graph)
        return fail("the project holds no model", path, "name a project with one, or a model");
    auto shown = store::readWorkspace(*file);
    if (!shown) return tl::unexpected(shown.error());
    auto marks = store::listMarks(*file, model->id);
    if (!marks) return tl::unexpected(marks.error());
    return OpenedProject{std::move(*model), shown->value_or(store::StoredWorkspace()),
                         std::move(*marks)};
}

/// The board of the flags, else that of the project.
Result<DevicePtr> boardOf(const OpenedProject& project, const std::string& named) {
    if (!named.empty() || project.shown.board.empty()) return findDevice(named);
    const auto known = findDevice(project.shown.board);
    if (known || project.shown.boardProfile.empty()) return known;
    auto own = cost::parseDevice(project.shown.boardProfile, project.shown.board);
    if (!own) return tl::unexpected(own.error());
    return std::make_shared<const DeviceProfile>(std::move(*own));
}

/// The variations that the window lists, under the names that the user gave them.
Result<void> addListed(ReportSubject& subject, const OpenedProject& project) {
    const StoredModel& model = project.model;
    for (size_t i = 0; i < model.variations.size(); ++i) {
        ReportVariation entry{model.variations[i].label(), model.variations[i].normalized(),
                              model.trained[i]};
        bool isDeleted = false;
        for (const store::MarkEntry& mark : project.marks) {
            const auto marked = transform::parseVariation(mark.knobs, mark.name);
            if (!marked) return tl::unexpected(marked.error());
            if (marked->normalized() != entry.variation) continue;
            isDeleted = mark.isDeleted;
            if (!mark.name.empty()) entry.name = mark.name;
        }
        if (!isDeleted) subject.tried.push_back(std::move(entry));
    }
    return {};
}

/// What the knobs showed: a training that was not carried out is left out, as in the window.
Result<Variation> shownVariation(const OpenedProject& project, const std::string& path) {
    if (project.shown.knobs.empty()) return Variation();
    auto knobs = transform::parseVariation(project.shown.knobs, path);
    if (!knobs) return tl::unexpected(knobs.error());
    if (!project.shown.showsTrained) knobs->train = {};
    return knobs->normalized();
}

Result<ReportSubject> readProjectSubject(ReportFlags& flags) {
    EvaluationRun& run = flags.run;
    const auto project = openProject(run.path);
    if (!project) return tl::unexpected(project.error());
    const auto board = boardOf(*project, run.device);
    if (!board) return tl::unexpected(board.error());
    if (run.data.dataset.empty()) run.data.dataset = project->shown.dataPath;
    auto flagged = run.knobs.read();
    if (!flagged) return tl::unexpected(flagged.error());
    auto variation = flagged->isIdentity() ? shownVariation(*project, run.path) : flagged;
    if (!variation) return tl::unexpected(variation.error());
    auto use = run.data.read();
    if (!use) return tl::unexpected(use.error());
    ReportSubject subject{
        {project->model.graph, std::move(*variation), run.reserves.applied(*board), {}},
        nullptr,
        {},
        project->model.sha256,
        {}};
    subject.input.options.data = std::move(*use);
    // As the window does.
    subject.input.options.data.evaluation = scoring::EvaluationSamples::TestPart;
    subject.input.options.samples = run.samples;
    if (auto added = addListed(subject, *project); !added) return tl::unexpected(added.error());
    for (const ReportVariation& entry : subject.tried)
        if (entry.variation == subject.input.variation) subject.trained = entry.trained;
    return subject;
}

Result<ReportSubject> readModelSubject(const ReportFlags& flags) {
    auto input = flags.run.read();
    if (!input) return tl::unexpected(input.error());
    ReportSubject subject{std::move(*input), nullptr, {}, {}, {}};
    subject.input.variation = subject.input.variation.normalized();
    subject.fileSha256 = hashOf(*subject.input.graph);
    return subject;
}

}  // namespace

report::CommandSubject commandSubject(const EvaluationRun& run, const Variation& variation,
                                      const DevicePtr& device,
                                      scoring::EvaluationSamples evaluation) {
    report::CommandSubject commands;
    commands.model = run.path;
    commands.variation = variation;
    commands.board = device;
    if (run.device.ends_with(".json")) commands.boardFile = run.device;
    commands.dataset = run.data.dataset;
    commands.calibration = run.data.calibration;
    commands.usesTestPart = evaluation == scoring::EvaluationSamples::TestPart;
    return commands;
}

Result<ReportSubject> readReportSubject(ReportFlags flags) {
    const bool isProject = std::filesystem::path(flags.run.path).extension() == ".netcaliper";
    auto subject = isProject ? readProjectSubject(flags) : readModelSubject(flags);
    if (!subject) return subject;
    if (auto added = addDocuments(*subject, flags.tried); !added)
        return tl::unexpected(added.error());
    bool learn = scoring::learnsFromData(subject->input.variation);
    for (const ReportVariation& entry : subject->tried)
        learn = learn || scoring::learnsFromData(entry.variation);
    // All are scored on the same samples, also where only one learns from others of them.
    if (learn) subject->input.options.data.evaluation = scoring::EvaluationSamples::TestPart;
    const EvaluationInput& input = subject->input;
    subject->commands =
        commandSubject(flags.run, input.variation, input.device, input.options.data.evaluation);
    subject->commands.tried = flags.tried;
    return subject;
}

}  // namespace app
