// SPDX-License-Identifier: GPL-3.0-or-later
// fit: a device profile from measured layers, with the errors that cross-validation finds beside
// those of the usual rules of thumb.

#include "command_context.h"
#include "cost/cross_validation.h"
#include "cost/device_file.h"
#include "cost/layer_table.h"
#include "cost/measure_next.h"
#include "cost/session_observations.h"
#include "store/session_table.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct FitFlags {
    std::vector<std::string> sessions, models, tables, conditions;
    std::string database, base, prior, id, source, output;
    size_t adviceCount = 10;
};

/// "board=STM32F446RE" -> column and text.
Result<cost::RowFilter> filterOf(const std::vector<std::string>& conditions) {
    cost::RowFilter filter;
    for (const std::string& condition : conditions) {
        const size_t equals = condition.find('=');
        if (equals == std::string::npos)
            return fail("not a condition", condition, "write it as COLUMN=TEXT");
        filter[condition.substr(0, equals)] = condition.substr(equals + 1);
    }
    return filter;
}

/// The model a session was measured with, among those given.
Result<GraphPtr> modelOf(const Session& session, const std::vector<std::string>& models) {
    for (const std::string& path : models)
        if (models.size() == 1 ||
            std::filesystem::path(path).filename() == session.conditions.modelName)
            return openModel(path);
    return fail(
        "the model of the session is not given", session.name,
        "add --model " + (session.conditions.modelName.empty() ? std::string("FILE.tflite")
                                                               : session.conditions.modelName));
}

Result<std::vector<cost::Observation>> fromSessions(const FitFlags& flags) {
    std::vector<cost::Observation> layers;
    if (flags.sessions.empty()) return layers;
    const auto file = store::ProjectFile::open(flags.database);
    if (!file) return tl::unexpected(file.error());
    for (const std::string& name : flags.sessions) {
        const auto session = store::readSession(*file, name);
        if (!session) return tl::unexpected(session.error());
        const auto graph = modelOf(*session, flags.models);
        if (!graph) return tl::unexpected(graph.error());
        const auto found = cost::observationsOf(*session, **graph);
        if (!found) return tl::unexpected(found.error());
        layers.insert(layers.end(), found->begin(), found->end());
    }
    return layers;
}

Result<std::vector<cost::Observation>> readLayers(const FitFlags& flags) {
    auto layers = fromSessions(flags);
    if (!layers) return layers;
    const auto filter = filterOf(flags.conditions);
    if (!filter) return tl::unexpected(filter.error());
    for (const std::string& table : flags.tables) {
        const auto found = cost::readLayerTable(table, *filter);
        if (!found) return tl::unexpected(found.error());
        layers->insert(layers->end(), found->begin(), found->end());
    }
    if (layers->empty())
        return fail("nothing to fit", "", "name a session with --db, or a table with --table");
    return cost::withoutRepeats(std::move(*layers));
}

Json summaryJson(const cost::ErrorSummary& s) {
    Json json = {{"layers", s.layers},
                 {"mape_percent", s.mapePercent},
                 {"p90_error_percent", s.p90Percent},
                 {"worst_error_percent", s.worstPercent},
                 {"within_10_percent", s.within10Percent},
                 {"r2", s.r2}};
    if (s.coveredPercent >= 0) json["band_covers_percent"] = s.coveredPercent;
    return json;
}

std::string oneDecimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : "%.1f", value);
    return text;
}

void addSummary(TextTable& table, const std::string& name, const cost::ErrorSummary& s) {
    table.addRow({name, std::to_string(s.layers), oneDecimal(s.mapePercent),
                  oneDecimal(s.p90Percent), oneDecimal(s.worstPercent),
                  oneDecimal(s.within10Percent),
                  s.coveredPercent < 0 ? std::string("-") : oneDecimal(s.coveredPercent)});
}

struct Named {
    const char* key;
    const char* title;
    cost::ErrorSummary summary;
};

std::vector<Named> comparisons(const std::vector<cost::Observation>& layers,
                               const cost::FitOptions& options) {
    using cost::Baseline;
    const auto baseline = [&](Baseline b) {
        return cost::summarize(cost::validateBaseline(layers, b));
    };
    return {{"leave_family_out", "a kernel family left out at a time",
             cost::summarize(cost::leaveFamiliesOut(layers, options))},
            {"baseline_ops_only", "baseline: a x MACs + b", baseline(Baseline::OpsOnly)},
            {"baseline_throughput_per_op", "baseline: one rate an operator",
             baseline(Baseline::ThroughputPerOp)},
            {"baseline_nearest_neighbour", "baseline: nearest layer",
             baseline(Baseline::NearestNeighbour)}};
}

/// Errors of the fit and of the baselines, into JSON and text.
Output errorsOf(const std::vector<cost::Observation>& layers, const cost::FitOptions& options) {
    Output output;
    const auto residuals = cost::crossValidate(layers, options);
    const auto total = cost::summarize(residuals);
    output.json = summaryJson(total);
    TextTable table({"10-fold cross-validation", ">layers", ">mean %", ">90 % below", ">worst %",
                     ">within 10 %", ">in band %"});
    for (const auto& [op, summary] : cost::summarizeByOp(residuals)) {
        output.json["ops"][op] = summaryJson(summary);
        addSummary(table, op, summary);
    }
    addSummary(table, "all layers", total);
    for (const Named& named : comparisons(layers, options)) {
        output.json[named.key] = summaryJson(named.summary);
        addSummary(table, named.title, named.summary);
    }
    output.text = table.text();
    return output;
}

/// Which of the measured layers would have taught most, had none been measured: the plan for the
/// next board.
Json adviceOf(const std::vector<cost::Observation>& layers, const cost::FitOptions& options,
              size_t count) {
    std::vector<cost::Workload> workloads;
    for (const cost::Observation& layer : layers)
        workloads.push_back(layer.workload);
    Json json = Json::array();
    for (const auto& advice : cost::measureNext(workloads, workloads, {}, options, count)) {
        const cost::Workload& w = workloads[advice.candidate];
        json.push_back(
            {{"op", opName(w.kind)},
             {"input", shapeText({static_cast<int32_t>(w.inHeight), static_cast<int32_t>(w.inWidth),
                                  static_cast<int32_t>(w.inChannels)})},
             {"kernel", shapeText({static_cast<int32_t>(w.kernelHeight),
                                   static_cast<int32_t>(w.kernelWidth)})},
             {"output_channels", w.outChannels},
             {"expected_error_percent", 100 * advice.errorAfter}});
    }
    return json;
}

DeviceProfile profileOf(const FitFlags& flags, const DeviceProfile& base,
                        const std::vector<cost::Observation>& layers,
                        const cost::FitOptions& options) {
    DeviceProfile device = base;
    if (!flags.id.empty()) device.id = flags.id;
    std::vector<const cost::Observation*> all;
    for (const cost::Observation& layer : layers)
        all.push_back(&layer);
    device.kernels = cost::rowsOf(cost::fitDevice(all, options), options, base.kernels);
    return device;
}

Result<Output> fit(const FitFlags& flags) {
    const auto layers = readLayers(flags);
    if (!layers) return tl::unexpected(layers.error());
    const auto base = findDevice(flags.base);
    if (!base) return tl::unexpected(base.error());
    if (!*base) return fail("no board", "--device", "name the board that was measured");
    const auto prior = findDevice(flags.prior);
    if (!prior) return tl::unexpected(prior.error());
    cost::FitOptions options;
    options.kernels = cost::kernelSetOf((*base)->runtime, (*base)->core);
    options.prior = *prior;
    options.source = flags.source;
    Output output = errorsOf(*layers, options);
    output.json["measure_next"] = adviceOf(*layers, options, flags.adviceCount);
    if (flags.output.empty()) return output;
    const DeviceProfile device = profileOf(flags, **base, *layers, options);
    if (const auto written = cost::writeDeviceFile(device, flags.output); !written)
        return tl::unexpected(written.error());
    output.json["device"] = device.id;
    output.json["file"] = flags.output;
    output.text += device.id + ": " + std::to_string(device.kernels.size()) + " rows written to " +
                   flags.output + "\n";
    return output;
}

}  // namespace

void addFit(CLI::App& app, Context& context) {
    auto flags = std::make_shared<FitFlags>();
    CLI::App* command = addCommand(app, context, "fit", "Calibrate a device profile",
                                   [flags] { return fit(*flags); });
    command->add_option("SESSION", flags->sessions, "Measured sessions");
    auto* database = command->add_option("--db", flags->database, "Project file of the sessions");
    command->add_option("--model", flags->models, "The .tflite that the sessions were taken with");
    command->add_option("--table", flags->tables, "Measured layers as a CSV table");
    command->add_option("--where", flags->conditions, "Lines of the table to use: COLUMN=TEXT");
    command->add_option("--device", flags->base, "Board: its profile gives all but the kernels")
        ->required();
    command->add_option("--prior", flags->prior, "Profile of a similar board or an emulator");
    command->add_option("--id", flags->id, "Id of the new profile");
    command->add_option("--source", flags->source, "Where the layers come from")
        ->default_val("fitted to measured layers");
    command->add_option("--advise", flags->adviceCount, "Layers to advise for the next board");
    command->add_option("-o,--output", flags->output, "Device file to write");
    command->get_option("SESSION")->needs(database);
}

}  // namespace app
