// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Common parts of the commands: shared options, output of results and errors, devices.
//
// A command is a function that adds itself to the CLI::App and stores its parsed options in a
// shared struct; its callback returns through Context::finish.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"
#include "types/result.h"

namespace app {

using Json = nlohmann::ordered_json;

/// Result of a command: JSON for --json, otherwise text.
struct Output {
    Json json;
    std::string text;
};

struct Context {
    bool json = false;
    int exitStatus = 0;

    /// Prints the output to stdout, or "error: ..." to stderr with exit status 1.
    void finish(const types::Result<Output>& result);
};

/// Adds a sub-command with --json whose callback runs `work` and finishes.
CLI::App* addCommand(CLI::App& parent, Context& context, const std::string& name,
                     const std::string& description, std::function<types::Result<Output>()> work);

/// The model that a command works on, and which of its signatures.
struct ModelFlags {
    std::string path, signature;

    /// Adds MODEL and --signature.
    CLI::Option* addTo(CLI::App& command);
    types::Result<types::GraphPtr> open() const;
};

/// Opens a model by its first signature.
types::Result<types::GraphPtr> openModel(const std::string& path);

/// Returns a profile by id or by path of a device file; null for an empty id.
types::Result<types::DevicePtr> findDevice(const std::string& idOrPath);
types::Result<std::vector<types::DevicePtr>> allDevices();

void addInspect(CLI::App& app, Context& context);
void addRun(CLI::App& app, Context& context);
void addPlan(CLI::App& app, Context& context);
void addSchedule(CLI::App& app, Context& context);
void addCompat(CLI::App& app, Context& context);
void addVary(CLI::App& app, Context& context);
void addEvaluate(CLI::App& app, Context& context);
void addSearch(CLI::App& app, Context& context);
void addSweep(CLI::App& app, Context& context);
void addSensitivity(CLI::App& app, Context& context);
void addDiff(CLI::App& app, Context& context);
void addDiverge(CLI::App& app, Context& context);
void addPredict(CLI::App& app, Context& context);
void addDevices(CLI::App& app, Context& context);
void addFit(CLI::App& app, Context& context);
void addStudy(CLI::App& app, Context& context);
void addExport(CLI::App& app, Context& context);
void addReport(CLI::App& app, Context& context);
void addMeasure(CLI::App& app, Context& context);
void addImport(CLI::App& app, Context& context);
void addSessions(CLI::App& app, Context& context);
void addCompare(CLI::App& app, Context& context);
void addEvidence(CLI::App& app, Context& context);

}  // namespace app
