#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A private Slurm of one node in a directory, for tests, without systemd. Nothing in /etc is read or
# written. Tasks may be more than cores, since workers of a test wait much.
# Usage: slurm.sh start DIR PORT | stop DIR
set -eu

action="$1"
directory="$(realpath -m "$2")"
export SLURM_CONF="$directory/slurm.conf"
PATH="$PATH:/usr/sbin"

write_config() {
    host="$(hostname -s)"
    user="$(id -un)"
    cat >"$SLURM_CONF" <<END
ClusterName=netcaliper
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$1
SlurmdPort=$(($1 + 1))
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$directory/socket/munge
CredType=cred/munge
StateSaveLocation=$directory/state
SlurmdSpoolDir=$directory/spool
SlurmctldPidFile=$directory/slurmctld.pid
SlurmdPidFile=$directory/slurmd.pid
SlurmctldLogFile=$directory/slurmctld.log
SlurmdLogFile=$directory/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
MaxArraySize=201
MaxJobCount=5000
NodeName=$host NodeAddr=127.0.0.1 CPUs=6 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=1-00:00:00 State=UP OverSubscribe=NO
END
}

case "$action" in
start)
    for program in munged slurmctld slurmd sbatch; do
        command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 1; }
    done
    mkdir -p "$directory/state" "$directory/spool" "$directory/munge" "$directory/socket"
    chmod 755 "$directory" "$directory/socket"
    chmod 700 "$directory/munge"
    (umask 077 && head -c 1024 /dev/urandom >"$directory/munge/key")
    # --force: the directories above belong to others.
    munged --force --key-file="$directory/munge/key" --socket="$directory/socket/munge" \
        --pid-file="$directory/munge/pid" --log-file="$directory/munge/log" \
        --seed-file="$directory/munge/seed"
    write_config "$3"
    slurmctld -i
    slurmd
    for _ in $(seq 150); do
        [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || exit 0
        sleep 0.1
    done
    echo "Slurm does not become idle: $directory/slurmd.log" >&2
    exit 1
    ;;
stop)
    scancel --partition=main 2>/dev/null || true
    scontrol shutdown 2>/dev/null || true
    sleep 0.5
    for pid in "$directory/slurmd.pid" "$directory/slurmctld.pid" "$directory/munge/pid"; do
        [ ! -f "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
    done
    ;;
*)
    echo "unknown action: $action" >&2
    exit 2
    ;;
esac
