// SPDX-License-Identifier: GPL-3.0-or-later
// fit: fits a device profile to measured layers and prints the cross-validated errors beside those
// of common rules of thumb.

#include "advice_output.h"
#include "command_context.h"
#include "cost/device_file.h"
#include "cost/fit/layer_table.h"
#include "cost/fit/session_observations.h"
#include "errors_output.h"
#include "progress_line.h"
#include "session_models.h"
#include "studies/check_profile.h"
#include "studies/fit_layers.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct FitFlags {
    SessionFlags sessions;
    std::vector<std::string> tables, networks, conditions;
    std::string base, prior, id, source, next, holdout, output;
    size_t adviceCount = 10;
};

Result<std::vector<cost::Observation>> fromSessions(const SessionFlags& flags) {
    std::vector<cost::Observation> layers;
    const auto sessions = readMeasured(flags);
    if (!sessions) return tl::unexpected(sessions.error());
    for (const auto& [session, graph] : *sessions) {
        const std::string& model = session.conditions.modelName;
        if (!graph)
            return fail("the model of the session is not given", session.name,
                        "add --model " + (model.empty() ? std::string("FILE.tflite") : model));
        const auto found = cost::observationsOf(session, *graph);
        if (!found) return tl::unexpected(found.error());
        layers.insert(layers.end(), found->begin(), found->end());
    }
    return layers;
}

Result<std::vector<cost::Observation>> readLayers(const FitFlags& flags, double clockMhz) {
    auto layers = fromSessions(flags.sessions);
    if (!layers) return layers;
    const auto filter = cost::rowFilterOf(flags.conditions);
    if (!filter) return tl::unexpected(filter.error());
    for (const std::string& table : flags.tables) {
        const auto found = cost::readLayerTable(table, *filter, clockMhz);
        if (!found) return tl::unexpected(found.error());
        layers->insert(layers->end(), found->begin(), found->end());
    }
    if (layers->empty())
        return fail("nothing to fit", "", "name a session with --db, or a table with --table");
    return layers;
}

/// Errors of the fit and of the baselines; those of all layers are at the top of the JSON.
void addErrors(const FitReport& report, Output& output) {
    for (const FitLine& line : report.lines) {
        const FitErrors& e = line.errors;
        if (line.kind == FitLine::Kind::AllLayers)
            output.json.update(errorsJson(e));
        else if (line.kind == FitLine::Kind::Operator)
            output.json["ops"][line.key] = errorsJson(e);
        else
            output.json[line.key] = errorsJson(e);
    }
    output.text = errorsText("10-fold cross-validation", report.lines);
}

Result<studies::FitRequest> requestOf(const FitFlags& flags) {
    studies::FitRequest request;
    const auto base = findDevice(flags.base);
    if (!base) return tl::unexpected(base.error());
    if (!*base) return fail("no board", "--device", "name the board that was measured");
    request.base = *base;
    auto layers = readLayers(flags, request.base->clockMhz);
    if (!layers) return tl::unexpected(layers.error());
    request.layers = std::move(*layers);
    for (const std::string& table : flags.networks) {
        auto found = cost::readNetworkTable(table, *cost::rowFilterOf(flags.conditions),
                                            request.base->clockMhz);
        if (!found) return tl::unexpected(found.error());
        std::move(found->begin(), found->end(), std::back_inserter(request.networks));
    }
    const auto prior = findDevice(flags.prior);
    if (!prior) return tl::unexpected(prior.error());
    request.prior = *prior;
    request.id = flags.id;
    request.source = flags.source;
    request.adviceCount = flags.adviceCount;
    if (flags.next.empty()) return request;
    const auto next = openModel(flags.next);
    if (!next) return tl::unexpected(next.error());
    request.nextModel = *next;
    return request;
}

/// Judges the fitted profile on the layers of another table that the fit did not see.
Result<void> addHoldout(const FitFlags& flags, const DevicePtr& profile, Output& output) {
    const auto filter = cost::rowFilterOf(flags.conditions);
    if (!filter) return tl::unexpected(filter.error());
    auto layers =
        studies::layersOf(flags.holdout, *filter, profile->clockMhz, studies::CompareWith::All);
    if (!layers) return tl::unexpected(layers.error());
    const auto check = studies::checkProfile({profile, std::move(*layers), true});
    if (!check) return tl::unexpected(check.error());
    output.json["holdout"] = checkJson(*check);
    output.text += "\n" + checkText(*check);
    return {};
}

Result<Output> fit(const FitFlags& flags) {
    const auto request = requestOf(flags);
    if (!request) return tl::unexpected(request.error());
    const auto report = [&] {
        ProgressLine line;
        return studies::fitLayers(*request, line.work());
    }();
    if (!report) return tl::unexpected(report.error());
    Output output;
    addErrors(*report, output);
    output.json["measure_next"] = adviceJson(report->measureElsewhere);
    output.json["measure_here"] = adviceJson(report->measureHere);
    output.text += adviceText("measure next on this board", report->measureHere) +
                   adviceText("measure first on another board", report->measureElsewhere);
    if (!flags.holdout.empty())
        if (const auto added = addHoldout(flags, report->profile, output); !added)
            return tl::unexpected(added.error());
    if (flags.output.empty()) return output;
    const DeviceProfile& device = *report->profile;
    if (const auto written = cost::writeDeviceFile(device, flags.output); !written)
        return tl::unexpected(written.error());
    output.json["device"] = device.id;
    output.json["file"] = flags.output;
    output.text += "\n" + device.id + ": " + std::to_string(device.kernels.size()) +
                   " rows written to " + flags.output + "\n";
    return output;
}

}  // namespace

void addFit(CLI::App& app, Context& context) {
    auto flags = std::make_shared<FitFlags>();
    CLI::App* command = addCommand(app, context, "fit", "Calibrate a device profile",
                                   [flags] { return fit(*flags); });
    addSessionFlags(command, flags->sessions);
    command->add_option("--table", flags->tables, "Measured layers as a CSV table");
    command->add_option("--networks", flags->networks,
                        "Layers of whole networks as a CSV table, not fitted: they set the bands");
    command->add_option("--where", flags->conditions, "Lines of the table to use: COLUMN=TEXT");
    command->add_option("--device", flags->base, "Board: its profile gives all but the kernels")
        ->required();
    command->add_option("--prior", flags->prior, "Profile of a similar board or an emulator");
    command->add_option("--id", flags->id, "Id of the new profile");
    command->add_option("--source", flags->source, "Where the layers come from")
        ->default_val("fitted to measured layers");
    command->add_option("--holdout", flags->holdout,
                        "A table of other layers, with --where too: the fitted profile is judged "
                        "on those that it was not fitted to");
    command->add_option("--advise", flags->adviceCount, "Layers to advise to measure next");
    command->add_option("--next-model", flags->next,
                        "Advise layers of this model; without one those of the bundled models");
    command->add_option("-o,--output", flags->output, "Device file to write");
}

}  // namespace app
