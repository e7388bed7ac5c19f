// SPDX-License-Identifier: GPL-3.0-or-later
// netcaliper-cli: all functions of the app, for scripts. Exit status: 0 done, 1 the input or the
// machine is at fault (one line on stderr), 2 wrong usage.

#include <CLI/CLI.hpp>

#include "command_context.h"

int main(int argc, char** argv) {
    CLI::App app{"Fits neural networks onto microcontrollers", "netcaliper-cli"};
    app.set_version_flag("--version", "netcaliper " NETCALIPER_VERSION);
    app.require_subcommand(1);
    app::Context context;
    app::addInspect(app, context);
    app::addRun(app, context);
    app::addPlan(app, context);
    app::addSchedule(app, context);
    app::addCompat(app, context);
    app::addVary(app, context);
    app::addEvaluate(app, context);
    app::addSweep(app, context);
    app::addSearch(app, context);
    app::addSensitivity(app, context);
    app::addDiff(app, context);
    app::addDiverge(app, context);
    app::addPredict(app, context);
    app::addDevices(app, context);
    app::addFit(app, context);
    app::addStudy(app, context);
    app::addExport(app, context);
    app::addReport(app, context);
    app::addMeasure(app, context);
    app::addImport(app, context);
    app::addSessions(app, context);
    app::addCompare(app, context);
    app::addEvidence(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        const bool asked = problem.get_exit_code() == 0;  // --help, --version
        app.exit(problem);
        return asked ? 0 : 2;
    }
    return context.exitStatus;
}
