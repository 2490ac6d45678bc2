"use client";
import { Plus, RotateCw } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { DefinitionList } from "@/components/patterns/definition-list";
import { PageHeader } from "@/components/patterns/page-header";
import { ThemeToggle } from "@/components/patterns/theme-toggle";
import { Badge, CountBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Popover, PopoverContent, PopoverTitle, PopoverTrigger } from "@/components/ui/popover";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { Separator } from "@/components/ui/separator";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { SwitchField } from "@/components/ui/switch";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";
import { TONES } from "@/components/ui/tone";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { Shell } from "./shell";
export default function Page() {
  const [confirm, setConfirm] = useState(false);
  const [typed, setTyped] = useState(false);
  const [loading, setLoading] = useState(false);
  return (
    <Shell>
      <PageHeader
        title="Stall 12"
        badge={<Badge tone="warning">Warning</Badge>}
        subtitle={
          <>
            <span className="font-mono">MM012</span> · Milk meter · Nordhof
          </>
        }
        actions={<Button variant="primary">Record calibration</Button>}
      />
      <div className="grid gap-3 lg:grid-cols-2">
        <Card>
          <CardHeader title="Buttons" />
          <CardBody className="flex flex-col gap-3">
            {(["primary", "secondary", "ghost", "danger"] as const).map((v) => (
              <div key={v} className="flex flex-wrap items-center gap-2">
                <Button variant={v} size="sm">
                  Small
                </Button>
                <Button variant={v}>
                  <Plus aria-hidden />
                  Medium
                </Button>
                <Button variant={v} size="lg">
                  Large
                </Button>
                <Button variant={v} disabled>
                  Off
                </Button>
                <Button variant={v} loading>
                  Loading
                </Button>
                <Button variant={v} size="icon" aria-label="Again">
                  <RotateCw aria-hidden />
                </Button>
              </div>
            ))}
            <Button
              variant="primary"
              size="field"
              loading={loading}
              onClick={() => {
                setLoading(true);
                setTimeout(() => setLoading(false), 2000);
              }}
            >
              Record calibration
            </Button>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Badges" aside={<CountBadge>7</CountBadge>} />
          <CardBody className="flex flex-col gap-3">
            <div className="flex flex-wrap gap-2">
              {TONES.map((t) => (
                <Badge key={t} tone={t}>
                  {t[0]!.toUpperCase() + t.slice(1)}
                </Badge>
              ))}
            </div>
            {TONES.map((t) => (
              <Callout key={t} tone={t}>
                A sentence that has to be read.
              </Callout>
            ))}
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Choices" />
          <CardBody className="flex flex-col gap-4">
            <FieldSet legend="Milking days" hint="Firmware waits until these sessions are over.">
              <CheckboxField label="Weekdays" description="Monday to Friday" defaultChecked />
              <CheckboxField label="Weekend" />
              <CheckboxField label="Holidays" disabled />
            </FieldSet>
            <Separator />
            <SwitchField label="Force the update" description="Overrides the gates that wait, never compatibility." />
            <SwitchField label="Notify by e-mail" defaultChecked />
            <Field label="Power source">
              <Select
                items={[
                  { value: "a", label: "Mains" },
                  { value: "b", label: "Battery" },
                  { value: "c", label: "Solar", disabled: true },
                ]}
                defaultValue="a"
              />
            </Field>
            <Field label="MAC address" optional error="Six pairs of hexadecimal digits, for example 00:1A:2B:3C:4D:5E">
              <Input mono defaultValue="00:1A:2B:ZZ" />
            </Field>
            <Field label="Off">
              <Input disabled defaultValue="Not yours to change" />
            </Field>
            <ThemeToggle />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Overlays" />
          <CardBody className="flex flex-wrap gap-2">
            <Dialog>
              <DialogTrigger render={<Button />}>Open dialog</DialogTrigger>
              <DialogContent title="Rotate credentials" description="The old password keeps working for a while.">
                <DialogBody>
                  <Field label="Overlap">
                    <Select
                      items={[
                        { value: "0", label: "None, at once" },
                        { value: "24", label: "24 hours" },
                      ]}
                      defaultValue="24"
                    />
                  </Field>
                </DialogBody>
                <DialogFooter>
                  <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
                  <Button size="lg" variant="primary">
                    Rotate
                  </Button>
                </DialogFooter>
              </DialogContent>
            </Dialog>
            <Button variant="danger" onClick={() => setConfirm(true)}>
              Revoke…
            </Button>
            <Button variant="danger" onClick={() => setTyped(true)}>
              Decommission…
            </Button>
            <ConfirmDialog
              open={confirm}
              onOpenChange={setConfirm}
              title="Revoke the credentials of MM012?"
              consequence="The device is disconnected within a second and cannot connect again until it gets new ones. 1 device."
              confirmLabel="Revoke credentials"
              onConfirm={() => new Promise((_, no) => setTimeout(no, 800))}
            />
            <ConfirmDialog
              open={typed}
              onOpenChange={setTyped}
              typeToConfirm="MM012"
              title="Decommission MM012?"
              consequence="Its credentials are revoked and its history is kept. This cannot be undone."
              confirmLabel="Decommission"
              onConfirm={() => new Promise((ok) => setTimeout(ok, 800))}
            />
            <Sheet>
              <SheetTrigger render={<Button />}>Bottom sheet</SheetTrigger>
              <SheetContent title="Stall 12" description="MM012 · Milk meter · Nordhof">
                <p className="mb-3 text-ink-2">Calibration overdue by 4 days.</p>
                <Button variant="primary" size="field" className="w-full">
                  Record calibration
                </Button>
              </SheetContent>
            </Sheet>
            <Sheet side="right">
              <SheetTrigger render={<Button />}>Side sheet</SheetTrigger>
              <SheetContent side="right" title="Columns">
                Choose what the list shows.
              </SheetContent>
            </Sheet>
            <Popover>
              <PopoverTrigger render={<Button />}>Popover</PopoverTrigger>
              <PopoverContent>
                <PopoverTitle className="font-semibold">Signal</PopoverTitle>
                <p className="text-ink-2">−92 dBm since the gateway moved.</p>
              </PopoverContent>
            </Popover>
            <Tooltip content="Checks every 60 seconds">
              <Button>Tooltip</Button>
            </Tooltip>
            <Button
              onClick={() => {
                toast.success("Device created", { description: "MM013 · Stall 13" });
                toast.error("Could not rotate the credentials", { action: { label: "Try again", onClick: () => {} } });
                toast.loading("Importing 500 rows");
              }}
            >
              Toasts
            </Button>
            <span className="flex items-center gap-1">
              Press <Kbd>/</Kbd>
            </span>
          </CardBody>
          <CardBody className="flex flex-col gap-4">
            <Progress label="Importing" value={64} detail="320 of 500 rows" />
            <Progress label="Checking" value={null} />
            <div aria-busy className="flex flex-col gap-2">
              <LoadingLabel />
              <Skeleton className="w-40" />
              <Skeleton />
              <Skeleton className="w-2/3" />
            </div>
            <Tabs defaultValue="a">
              <TabsList>
                <Tab value="a">Live</Tab>
                <Tab value="b">Credentials</Tab>
                <Tab value="c">Activity</Tab>
              </TabsList>
              <TabPanel value="a">
                <DefinitionList
                  items={[
                    { term: "Serial", value: "MM-2024-00013", mono: true },
                    { term: "Firmware", value: "2.4.0" },
                    { term: "MAC address", value: null },
                    { term: "Location", value: "Left side of the parlour, third from the door, above the drain" },
                  ]}
                />
              </TabPanel>
              <TabPanel value="b">Credentials</TabPanel>
              <TabPanel value="c">Activity</TabPanel>
            </Tabs>
          </CardBody>
        </Card>
      </div>
    </Shell>
  );
}
