// SPDX-License-Identifier: GPL-3.0-or-later
// measure: runs a model on a target and stores every sample; --matrix: on many targets in many
// ways.

#include "command_context.h"
#include "matrix_command.h"
#include "progress_line.h"
#include "runners/runner.h"
#include "session_output.h"
#include "statistics/trace_energy.h"
#include "store/model_table.h"
#include "store/session_table.h"

namespace app {
namespace {

using namespace types;

struct MeasureFlags : ModelFlags {
    std::string target, session, database, device, rawLog;
    int repeats = 0;
    double powerMw = 0, timeoutS = 60;
    bool replace = false;
    std::vector<lowering::Kernels> kernels;
    MatrixFlags matrix;
};

std::string targetNames() {
    std::string names;
    for (const runners::Runner& runner : runners::allRunners()) {
        names += (names.empty() ? "" : ", ") + std::string(runner.name);
        if (*runner.detail) names += ":" + std::string(runner.detail);
    }
    return names;
}

Result<Output> measure(const MeasureFlags& flags) {
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    if (flags.matrix.isAsked)
        return measureMatrix({*graph, flags.session, flags.database, flags.kernels, flags.timeoutS},
                             flags.matrix);
    if (flags.target.empty()) throw CLI::RequiredError("--target");
    if (flags.session.empty()) throw CLI::RequiredError("--session");
    if (flags.kernels.size() > 1) throw CLI::ValidationError("--kernels", "several need --matrix");
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    // Opened before measuring, so that a file that cannot be written is reported at once.
    auto file = store::ProjectFile::openOrCreate(flags.database);
    if (!file) return tl::unexpected(file.error());

    runners::RunRequest request;
    request.graph = *graph;
    request.modelFile = (*graph)->original;
    if (flags.repeats > 0) request.repeats = flags.repeats;
    if (!flags.kernels.empty()) request.kernels = flags.kernels.front();
    request.board = *device;
    request.timeoutS = flags.timeoutS;
    request.rawLogFile = flags.rawLog;
    auto session = [&] {
        ProgressLine line;
        return runners::runOn(flags.target, request, line.work());
    }();
    if (!session) return tl::unexpected(session.error());
    session->name = flags.session;
    if (flags.powerMw > 0)
        statistics::addEstimatedEnergy(*session, flags.powerMw, "given with --power");

    const auto model = store::storeModel(*file, (*graph)->name, request.modelFile);
    if (!model) return tl::unexpected(model.error());
    const auto stored = store::storeSession(
        *file, *session, flags.replace ? store::IfNamed::Replace : store::IfNamed::Refuse);
    if (!stored) return tl::unexpected(stored.error());
    return Output{sessionJson(*session), sessionText(*session)};
}

}  // namespace

void addMeasure(CLI::App& app, Context& context) {
    auto flags = std::make_shared<MeasureFlags>();
    CLI::App* command = addCommand(app, context, "measure", "Run a model on a target and store it",
                                   [flags] { return measure(*flags); });
    flags->addTo(*command)->required();
    command->add_option("--target", flags->target, "One of " + targetNames());
    command->add_option("--session", flags->session,
                        "Name of the session; of a matrix, without it the model's");
    command->add_option("--db", flags->database, "Project file; made where there is none")
        ->required();
    command->add_option("--device", flags->device,
                        "Board whose cycles and clock an emulator's counts are turned into");
    command->add_option("--repeat", flags->repeats, "Inferences; without it the target's choice")
        ->check(CLI::Range(1, 10'000'000));
    command
        ->add_option("--kernels", flags->kernels,
                     "reference (plain) or fast (packed); of a matrix a list, without it both")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, lowering::Kernels>{{"reference", lowering::Kernels::Reference},
                                                     {"plain", lowering::Kernels::Reference},
                                                     {"fast", lowering::Kernels::Fast},
                                                     {"packed", lowering::Kernels::Fast}}));
    command
        ->add_option("--power", flags->powerMw,
                     "Milliwatts while inferring: energy as power x time")
        ->check(CLI::PositiveNumber);
    command->add_option("--timeout", flags->timeoutS, "Seconds a silent target is waited for")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--raw-log", flags->rawLog, "File for what a board says, as it arrives");
    command->add_flag("--replace", flags->replace, "Take the place of a session of that name");
    flags->matrix.addTo(*command);
}

}  // namespace app
