// SPDX-License-Identifier: GPL-3.0-or-later
// import: reads logs of other tools into a project file.

#include <set>

#include "bytes/sha256.h"
#include "command_context.h"
#include "importers/parts/join_layers.h"
#include "importers/read_log.h"
#include "runners/board_cycles.h"
#include "session_output.h"
#include "statistics/trace_energy.h"
#include "store/model_table.h"
#include "store/session_table.h"

namespace app {
namespace {

using namespace types;

struct ImportFlags {
    std::vector<std::string> files;
    std::string session, database, model, device, idle = "keep";
    importers::ImportOptions options;
    double powerMw = 0;
    bool replace = false;
};

std::string formatNames() {
    std::string names;
    for (const importers::Format& format : importers::formats())
        names += (names.empty() ? "" : ", ") + format.name;
    return names;
}

/// "keep", "outside" or milliwatts.
Result<statistics::IdleBaseline> idleOf(const std::string& text) {
    using Choice = statistics::IdleBaseline::Choice;
    if (text == "keep") return statistics::IdleBaseline{Choice::Keep, 0};
    if (text == "outside") return statistics::IdleBaseline{Choice::Outside, 0};
    double milliwatts = 0;
    if (!CLI::detail::lexical_cast(text, milliwatts) || milliwatts < 0)
        return fail("'" + text + "' is no idle power", "--idle", "say keep, outside or milliwatts");
    return statistics::IdleBaseline{Choice::Given, milliwatts};
}

/// A single session gets the requested name; several get it followed by their own.
void nameSessions(std::vector<Session>& sessions, const std::string& name) {
    for (Session& session : sessions)
        session.name = sessions.size() == 1 ? name : name + "/" + session.name;
    importers::makeNamesUnique(sessions);
}

Result<void> joinToModel(std::vector<Session>& sessions, const std::string& path,
                         store::ProjectFile& file) {
    if (path.empty()) return {};
    const auto graph = openModel(path);
    if (!graph) return tl::unexpected(graph.error());
    for (Session& session : sessions) {
        session = importers::joinedTo(session, **graph);
        if (session.conditions.modelName.empty())
            session.conditions.modelName = (*graph)->name + ".tflite";
        session.conditions.modelHash = bytes::sha256((*graph)->original.view());
    }
    const auto stored = store::storeModel(file, (*graph)->name, (*graph)->original);
    if (!stored) return tl::unexpected(stored.error());
    return {};
}

Output outputOf(const std::vector<Session>& sessions, const std::string& format) {
    Output output;
    Json names = Json::array(), all = Json::array(), warnings = Json::array();
    size_t measurements = 0;
    for (const Session& session : sessions) {
        names.push_back(session.name);
        all.push_back(sessionJson(session));
        measurements += session.measurements.size();
        for (const std::string& warning : session.warnings)
            warnings.push_back(warning);
        output.text += sessionText(session);
    }
    output.json = {{"session", sessions.front().name}, {"format", format},
                   {"measurements", measurements},     {"warnings", std::move(warnings)},
                   {"names", std::move(names)},        {"sessions", std::move(all)}};
    return output;
}

Result<Output> importLogs(const ImportFlags& flags) {
    const auto idle = idleOf(flags.idle);
    if (!idle) return tl::unexpected(idle.error());
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    std::vector<Session> sessions;
    std::set<std::string> formats;
    for (const std::string& path : flags.files) {
        auto imported = importers::readLog(path, flags.options);
        if (!imported) return tl::unexpected(imported.error());
        formats.insert(imported->format);
        std::move(imported->sessions.begin(), imported->sessions.end(),
                  std::back_inserter(sessions));
    }
    nameSessions(sessions, flags.session);
    auto file = store::ProjectFile::openOrCreate(flags.database);
    if (!file) return tl::unexpected(file.error());
    if (const auto joined = joinToModel(sessions, flags.model, *file); !joined)
        return tl::unexpected(joined.error());
    for (Session& session : sessions) {
        runners::addBoardCycles(session, device->get());
        statistics::addTraceEnergy(session, *idle);
        if (flags.powerMw > 0)
            statistics::addEstimatedEnergy(session, flags.powerMw, "given with --power");
    }
    const auto stored = store::storeSessions(
        *file, sessions, flags.replace ? store::IfNamed::Replace : store::IfNamed::Refuse);
    if (!stored) return tl::unexpected(stored.error());
    std::string format;
    for (const std::string& name : formats)
        format += (format.empty() ? "" : ", ") + name;
    return outputOf(sessions, format);
}

void addTraceOptions(CLI::App& command, ImportFlags& flags) {
    importers::WindowChoice& windows = flags.options.windows;
    command
        .add_option("--idle", flags.idle,
                    "Idle power: keep, outside (median outside of the windows) or milliwatts")
        ->capture_default_str();
    command
        .add_option("--power", flags.powerMw,
                    "Milliwatts while inferring: energy as power x time without a trace")
        ->check(CLI::PositiveNumber);
    command.add_option("--threshold", windows.thresholdMw,
                       "Milliwatts above which the model runs; else the marker column says");
    command.add_option("--shortest", windows.shortestS, "Seconds; shorter windows are glitches");
    command.add_flag("--active-low", windows.activeLow, "The marker is low while the model runs");
    command.add_option("--inferences-per-window", windows.inferencesPerWindow)
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--layers-per-inference", windows.layersPerInference,
                       "Consecutive windows are layers 0, 1, ...");
}

}  // namespace

void addImport(CLI::App& app, Context& context) {
    auto flags = std::make_shared<ImportFlags>();
    CLI::App* command = addCommand(app, context, "import", "Store logs of devices and other tools",
                                   [flags] { return importLogs(*flags); });
    command->add_option("FILE", flags->files, "Logs, traces, reports, tables, or their folders")
        ->required();
    command->add_option("--session", flags->session, "Name of the session")->required();
    command->add_option("--db", flags->database, "Project file; made where there is none")
        ->required();
    command->add_option("--format", flags->options.format,
                        "Told by the content; or one of " + formatNames());
    command->add_option("--model", flags->model, "The .tflite whose operators the layers are");
    command->add_option("--device", flags->device,
                        "Board whose cycles and clock an emulator's counts are turned into");
    command->add_option("--clock", flags->options.clockMhz, "MHz, where the log has ticks only");
    command->add_option("--supply", flags->options.supplyVolts, "Volts, where it has a current");
    command->add_option("--columns", flags->options.columns,
                        "Meaning of a table's columns: latency_us=t_mean,layer=idx");
    addTraceOptions(*command, *flags);
    command->add_flag("--replace", flags->replace, "Take the place of sessions of that name");
}

}  // namespace app
