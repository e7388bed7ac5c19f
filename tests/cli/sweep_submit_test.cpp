// SPDX-License-Identifier: GPL-3.0-or-later
// sweep submit: what Slurm would cut or leave waiting is refused, and no password leaves the
// command. Programs that answer like Slurm's stand before the others in PATH.
#include "cluster_plan.h"
#include "run_cli.h"

namespace {

using namespace terminal;

constexpr const char* kConfig =
    "Configuration data as of 2024-01-01T00:00:00\n"
    "MaxArraySize            = 1001\n"
    "MaxJobCount             = 10000\n";
constexpr const char* kPartitions =
    "PartitionName=debug\n   Default=NO MaxTime=00:30:00\n   State=DOWN TotalCPUs=4\n\n"
    "PartitionName=main\n   Default=YES QoS=N/A\n   MaxNodes=UNLIMITED MaxTime=2-00:00:00 "
    "MaxCPUsPerNode=UNLIMITED\n   State=UP TotalCPUs=512 TotalNodes=16\n";
constexpr const char* kCores = "debug 4\nmain* 32+\n";

app::SlurmLimits limits() {
    return *app::parseSlurmLimits(kConfig, kPartitions, "", kCores);
}

/// The sentence of a refusal; empty where nothing is refused.
std::string refusalOf(const app::ClusterRequest& request, const app::SlurmLimits& known) {
    const auto plan = app::planCluster(request);
    if (!plan) return plan.error().message();
    const auto checked = app::checkAgainst(known, request, *plan);
    return checked ? "" : checked.error().message();
}

TEST(SweepSubmit, LimitsAreReadFromWhatSlurmPrints) {
    const auto known = limits();
    EXPECT_EQ(known.arraySize, 1001);
    EXPECT_EQ(known.jobs, 10'000);
    EXPECT_EQ(known.partition, "main");
    EXPECT_EQ(known.coresOfNode, 32);
    EXPECT_EQ(known.seconds, 2 * 86'400.0);
    EXPECT_EQ(app::parseSlurmLimits(kConfig, kPartitions, "debug", kCores)->state, "DOWN");
    EXPECT_FALSE(app::parseSlurmLimits(kConfig, kPartitions, "gpu", kCores));
    EXPECT_FALSE(app::parseSlurmLimits("", kPartitions, "", kCores));
}

TEST(SweepSubmit, TimesAreSlurms) {
    EXPECT_EQ(app::secondsOfSlurmTime("30"), 1800);
    EXPECT_EQ(app::secondsOfSlurmTime("30:15"), 1815);
    EXPECT_EQ(app::secondsOfSlurmTime("01:00:00"), 3600);
    EXPECT_EQ(app::secondsOfSlurmTime("1-12"), 1.5 * 86'400);
    EXPECT_EQ(app::secondsOfSlurmTime("1-02:03:04"), 86'400 + 7384);
    for (const char* unlimited : {"UNLIMITED", "INFINITE", "NONE", "", "n/a"})
        EXPECT_EQ(app::secondsOfSlurmTime(unlimited), std::nullopt) << unlimited;
    EXPECT_EQ(app::slurmTime(90'061.2), "1-01:01:02");
}

TEST(SweepSubmit, WorkersFollowFromTheExpectedTime) {
    // 100,000 s of computing; a worker of 2 cores computes 2 x (3600 - 120) s.
    const auto plan = app::planCluster({10'000, 10, 8, 2, 3600});
    ASSERT_TRUE(plan);
    EXPECT_NEAR(plan->coreHours, 27.8, 0.1);
    EXPECT_EQ(plan->tasks, 22) << "with a half more in reserve";
    EXPECT_EQ(app::planCluster({10, 1, 8, 2, 3600})->tasks, 8);
}

TEST(SweepSubmit, WhatSlurmWouldCutIsRefused) {
    EXPECT_EQ(refusalOf({10'000, 10, 8, 2, 3600}, limits()), "");
    EXPECT_NE(refusalOf({10, 1, 1002, 1, 3600}, limits()).find("MaxArraySize=1001"),
              std::string::npos);
    EXPECT_NE(refusalOf({10'000'000, 10, 8, 1, 3600}, limits()).find("MaxArraySize=1001"),
              std::string::npos);
    EXPECT_NE(refusalOf({10, 1, 8, 1, 3 * 86'400.0}, limits()).find("MaxTime=2-00:00:00"),
              std::string::npos);
    EXPECT_NE(refusalOf({10, 1, 8, 33, 3600}, limits()).find("the largest has 32"),
              std::string::npos);
    EXPECT_NE(refusalOf({10, 4000, 8, 1, 3600}, limits()).find("ends before it finishes one"),
              std::string::npos);
    EXPECT_NE(
        refusalOf({10, 1, 8, 1, 600}, *app::parseSlurmLimits(kConfig, kPartitions, "debug", kCores))
            .find("partition debug is DOWN"),
        std::string::npos);
    auto few = limits();
    few.jobs = 5;
    EXPECT_NE(refusalOf({10, 1, 8, 1, 3600}, few).find("MaxJobCount=5"), std::string::npos);
}

class SubmitCommand : public testing::Test {
protected:
    void SetUp() override {
        std::ofstream(m_dir / "space.json") << R"({"width": {"values": [0.5, 1.0]}})";
        program("scontrol", std::string("case \"$*\" in *config*) cat <<'END'\n") + kConfig +
                                "END\n;; *partition*) cat <<'END'\n" + kPartitions +
                                "END\n;; *) echo 'JobId=7 ArrayTaskId=0-3%4 TimeLimit=01:00:00 "
                                "Reason=None JobState=RUNNING' ;; esac");
        program("sinfo", std::string("cat <<'END'\n") + kCores + "END");
        program("sbatch", "echo 7");
    }
    void program(const std::string& name, const std::string& script) {
        std::ofstream(m_dir / name) << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(m_dir / name, std::filesystem::perms::owner_all);
    }
    Ran submit(const std::string& words, const std::string& environment = "") const {
        const std::string path = "PATH='" + (m_dir / "").string() + "':\"$PATH\" ";
        return runWith(
            "cd '" + (m_dir / "").string() + "' && " + path + environment,
            "sweep submit " + bundled("kws_dscnn_float32.tflite") + " --space space.json " + words);
    }
    static constexpr const char* kDatabase = " --db 'postgresql://db.example.org/sweeps' ";

    support::TemporaryDir m_dir;
};

TEST_F(SubmitCommand, TheScriptNamesTheWorkerAndNoSecret) {
    const Ran ran = submit(std::string(kDatabase) +
                               "--slurm --time 1h --workers 4 --threads 2 --partition main "
                               "--sbatch=--mem=2G --device nucleo-f446re --dry-run",
                           "PGPASSFILE=my.pgpass ");
    ASSERT_EQ(ran.status, 0) << ran.err;
    for (const char* part :
         {"#SBATCH --array=0-3%4\n", "#SBATCH --cpus-per-task=2\n", "#SBATCH --time=0-01:00:00\n",
          "#SBATCH --signal=B:TERM@120\n", "#SBATCH --mem=2G\n", "#SBATCH --partition=main\n",
          "PGPASSFILE", "'--worker' '--threads=2'", "'--db=postgresql://db.example.org/sweeps'",
          "'--device=nucleo-f446re'", "'--space=space.json'"})
        EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
    EXPECT_EQ(ran.out.find("my.pgpass"), std::string::npos) << "names, no values";
    for (const char* foreign : {"--dry-run", "--workers", "--export=ALL", "'--time"})
        EXPECT_EQ(ran.out.find(foreign), std::string::npos) << foreign;
}

TEST_F(SubmitCommand, WordsOfTheCommandLineStayWords) {
    const Ran ran =
        submit("--db 'postgresql://db.example.org/a$(touch pwned)' --slurm --time 1h --dry-run");
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_NE(ran.out.find("'--db=postgresql://db.example.org/a$(touch pwned)'"), std::string::npos)
        << ran.out;
    EXPECT_EQ(submit(std::string(kDatabase) +
                     "--slurm --time 1h --dry-run --sbatch='--mem=1G; touch pwned'")
                  .status,
              1);
}

TEST_F(SubmitCommand, PasswordsAreRefusedAndNotRepeated) {
    for (const char* target : {"--slurm --time 1h --dry-run", "--kubernetes --image i"}) {
        const Ran inside =
            submit(std::string("--db 'postgresql://me:hunter2@db.example.org/sweeps' ") + target);
        EXPECT_EQ(inside.status, 1);
        EXPECT_NE(inside.err.find("holds a password"), std::string::npos) << inside.err;
        EXPECT_EQ((inside.err + inside.out).find("hunter2"), std::string::npos);
    }
    const Ran variable =
        submit(std::string(kDatabase) + "--slurm --time 1h --dry-run", "PGPASSWORD=hunter2 ");
    EXPECT_EQ(variable.status, 1);
    EXPECT_NE(variable.err.find("PGPASSWORD"), std::string::npos) << variable.err;
    EXPECT_EQ((variable.err + variable.out).find("hunter2"), std::string::npos);
    const Ran worker = run("sweep " + bundled("kws_dscnn_float32.tflite") + " --space '" +
                           (m_dir / "space.json").string() +
                           "' --db 'postgresql://me:hunter2@db.example.org/sweeps'");
    EXPECT_EQ(worker.status, 1);
    EXPECT_EQ((worker.err + worker.out).find("hunter2"), std::string::npos);
}

TEST_F(SubmitCommand, ARefusalOfSlurmIsOneSentence) {
    const Ran large = submit(std::string(kDatabase) + "--slurm --time 1h --workers 2000 --dry-run");
    EXPECT_EQ(large.status, 1);
    EXPECT_NE(large.err.find("MaxArraySize=1001"), std::string::npos) << large.err;
    program("scontrol", "echo 'slurm_load_ctl_conf error: Unable to contact' >&2; exit 1");
    const Ran away = submit(std::string(kDatabase) + "--slurm --time 1h --dry-run");
    EXPECT_EQ(away.status, 1);
    EXPECT_NE(away.err.find("scontrol fails: slurm_load_ctl_conf error"), std::string::npos)
        << away.err;
}

TEST_F(SubmitCommand, WhatIsMissingIsSaid) {
    EXPECT_NE(submit("--db sweep.db --slurm --time 1h").err.find("for the workers of one machine"),
              std::string::npos);
    EXPECT_NE(submit(std::string(kDatabase) + "--slurm").err.find("--time 2h"), std::string::npos);
    EXPECT_NE(submit(std::string(kDatabase) + "--kubernetes").err.find("--image"),
              std::string::npos);
    EXPECT_EQ(submit(kDatabase).status, 2) << "where to submit";
}

TEST_F(SubmitCommand, AKubernetesJobTakesItsConnectionFromASecret) {
    const Ran ran = submit(
        "--db 'postgresql://?service=sweeps' --kubernetes --image "
        "registry.example.org/netcaliper:1 --workers 3 --threads 2 "
        "--volume models=/models --secret kws-sweep");
    ASSERT_EQ(ran.status, 0) << ran.err;
    for (const char* part :
         {"completionMode: Indexed\n", "completions: 3\n", "parallelism: 3\n", "cpu: \"2\"\n",
          "image: \"registry.example.org/netcaliper:1\"\n", "secretName: kws-sweep\n",
          "claimName: \"models\"\n", "mountPath: \"/models\"\n",
          "\"--db=postgresql://?service=sweeps\"", "\"netcaliper-cli\",\"sweep\""})
        EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
    EXPECT_EQ(ran.out.find('@'), std::string::npos) << "every word is filled in\n" << ran.out;
}

}  // namespace
